export interface Config {
  permission?: {
    /** The portal's own policy: src/policy. */
    akko?: {
      /** Entity refs of groups and users who may do everything on all AKKO instances. */
      platformTeam?: string[];
    };
  };
}
