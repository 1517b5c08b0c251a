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
      "Every account gets the rep of its territory as owner. Accounts without a rep are left out, so their owner stays.",
    columns: [
      { name: "Id", holds: "the account, by the id it was imported with" },
      { name: "OwnerId", holds: "the user who owns it from now on, by the rep's id" },
    ],
    url: `${REFERENCE}/sforce_api_objects_account.htm`,
    linkLabel: "Account in the Salesforce object reference",
  },
  "salesforce_territory2.csv": {
    sentence:
      "The territories themselves, for a territory model in planning state. Load this file first; its success file holds the new record ids.",
    columns: [
      { name: "DeveloperName", holds: "the territory's code, the same in every export" },
      { name: "Territory2ModelId, Territory2TypeId", holds: "empty: your model and type" },
    ],
    url: `${REFERENCE}/sforce_api_objects_territory2.htm`,
    linkLabel: "Territory2 in the Salesforce object reference",
  },
  "salesforce_object_territory2_association.csv": {
    sentence:
      "Which account belongs to which territory. It opens accounts to the territory's people and leaves the owner alone.",
    columns: [
      { name: "ObjectId", holds: "the account" },
      { name: "Territory2Id", holds: "the territory's record, where its code is one already" },
      { name: "AssociationCause", holds: "Territory2Manual: by this plan, not by a rule" },
    ],
    url: `${REFERENCE}/sforce_api_objects_objectterritory2association.htm`,
    linkLabel: "ObjectTerritory2Association in the Salesforce object reference",
  },
};
