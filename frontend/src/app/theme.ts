import {
  ActionIcon,
  createTheme,
  Drawer,
  Loader,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Tooltip,
} from "@mantine/core";

const lagoon: MantineColorsTuple = [
  "#eef6f8",
  "#dbe9ee",
  "#b4d2dc",
  "#89b9c9",
  "#66a4b8",
  "#4f96ad",
  "#3a7f96",
  "#2c6a80",
  "#1f566b",
  "#114256",
];

const CLOSE = { "aria-label": "Close" };

export const theme = createTheme({
  primaryColor: "lagoon",
  primaryShade: { light: 8, dark: 6 },
  colors: { lagoon },
  defaultRadius: "md",
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', 'Noto Sans', sans-serif",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls, and the scroll lock would inject a style element.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, closeButtonProps: CLOSE },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, closeButtonProps: CLOSE } }),
    Menu: Menu.extend({
      defaultProps: { shadow: "md", withInitialFocusPlaceholder: false, withinPortal: false },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", withinPortal: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle" } }),
    Loader: Loader.extend({ defaultProps: { type: "dots" } }),
  },
});
