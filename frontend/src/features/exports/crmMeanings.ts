interface CrmMeaning {
  sentence: string;
  columns: { name: string; holds: string }[];
  url: string;
  linkLabel: string;
}

const REFERENCE =
  "https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference";

/** What a file does once it is loaded into the CRM, by export key. */
export const CRM_MEANINGS: Record<string, CrmMeaning> = {
  "salesforce_account_owner.csv": {
    sentence:
      "Data Loader, operation Update on Account: every account gets the rep of its territory as owner.",
    columns: [
      { name: "Id", holds: "the account, by the id it was imported with" },
      { name: "OwnerId", holds: "the user who owns it from now on" },
    ],
    url: `${REFERENCE}/sforce_api_objects_account.htm`,
    linkLabel: "Account in the Salesforce object reference",
  },
  "salesforce_territory2.csv": {
    sentence:
      "Data Loader, operation Upsert on Territory2: the territories themselves, inside a territory model in planning state. Load it before the associations.",
    columns: [
      { name: "DeveloperName", holds: "the territory's code, unique within the model" },
      {
        name: "Territory2ModelId, Territory2TypeId",
        holds: "your model and type, to be filled in",
      },
    ],
    url: `${REFERENCE}/sforce_api_objects_territory2.htm`,
    linkLabel: "Territory2 in the Salesforce object reference",
  },
  "salesforce_object_territory2_association.csv": {
    sentence:
      "Data Loader, operation Insert on ObjectTerritory2Association: which account belongs to which territory. Several reps may see it without owning it.",
    columns: [
      { name: "ObjectId", holds: "the account" },
      { name: "Territory2Id", holds: "the territory" },
      { name: "AssociationCause", holds: "Territory2Manual: assigned by this plan, not by a rule" },
    ],
    url: `${REFERENCE}/sforce_api_objects_objectterritory2association.htm`,
    linkLabel: "ObjectTerritory2Association in the Salesforce object reference",
  },
};
