/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "domain-imports-nothing",
      severity: "error",
      from: { path: "^src/domain", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/domain" },
    },
    {
      name: "only-the-map-knows-leaflet",
      severity: "error",
      from: { pathNot: "^src/map" },
      to: { path: "node_modules/(leaflet|@geoman-io|@mapbox|pbf|flatbush|topojson)" },
    },
    {
      name: "map-knows-no-feature",
      severity: "error",
      from: { path: "^src/map" },
      to: { path: "^src/(features|app|rep|ui|api)" },
    },
    {
      name: "api-stands-alone",
      severity: "error",
      from: { path: "^src/api" },
      to: { path: "^src/(features|app|rep|ui|map)" },
    },
    {
      name: "ui-has-no-domain-knowledge",
      severity: "error",
      from: { path: "^src/ui" },
      to: { path: "^src/(features|app|rep|map|api)" },
    },
    {
      name: "features-never-import-each-other",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/", pathNot: "^src/features/$1/" },
    },
    {
      name: "only-app-wires",
      severity: "error",
      from: { path: "^src/(features|rep)" },
      to: { path: "^src/app" },
    },
    {
      name: "rep-page-stays-small",
      severity: "error",
      from: { path: "^src/rep" },
      to: { path: "node_modules/@mantine|^src/features" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "types", "default"],
    },
  },
};
