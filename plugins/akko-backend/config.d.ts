import { HumanDuration } from '@backstage/types';

export interface Config {
  /** AKKO for Backstage. Nothing of it is visible to the frontend. */
  akko?: {
    /** The Kubernetes clusters that are watched. */
    clusters?: Array<{
      /** Part of every instance's address, `cluster/namespace/release`: lower case letters, digits, '-' and '.'. */
      name: string;
      /** What people see; the name if left out. */
      title?: string;
      /** Take address and credentials from a kubeconfig file. Exactly one of kubeconfig, inCluster, url, fromKubernetesPlugin. */
      kubeconfig?: {
        /** Path of the file. It is read again after a refused credential. */
        file: string;
        /** The file's current context if left out. */
        context?: string;
      };
      /** Watch the cluster that Backstage runs in, with the service account of its pod. */
      inCluster?: boolean;
      /** Address of the API server, such as https://10.0.0.10:6443. */
      url?: string;
      /** Certificate authority, PEM or base64 of it; with url. */
      caData?: string;
      /** Path of a PEM file with the certificate authority; with url. */
      caFile?: string;
      /**
       * Bearer token; with url.
       * @visibility secret
       */
      token?: string;
      /** Path of a file with a bearer token that may be rotated; with url. */
      tokenFile?: string;
      /** Take the cluster of this name from `kubernetes.clusterLocatorMethods` (authProvider serviceAccount). */
      fromKubernetesPlugin?: boolean;
      /** Watch only these namespaces; all if left out. */
      namespaces?: string[];
      /** Label selector for Jobs, CronJobs, their pods and the job catalogues, such as app.kubernetes.io/part-of=akko. */
      labelSelector?: string;
      /** Marks a simulated cluster. */
      sandbox?: boolean;
      /**
       * Reads the labels of Helm's release Secrets, to tell of upgrades that are stuck. Needs the right to list Secrets in the namespaces of
       * the releases, which Kubernetes cannot limit to labels; so it is off by default.
       */
      helmReleases?: boolean;
    }>;
    /** Instances of charts that do not have the AKKO labels. Labelled ones are found without it. */
    instances?: Array<{
      /** Name of one of the clusters. */
      cluster: string;
      namespace: string;
      /** Name of the Helm release. */
      release: string;
      /** What people see; the release if left out. */
      title?: string;
    }>;
    /** How long the history is kept. */
    retention?: {
      /** Days that ended runs are kept; the last run of a job is always kept. Default 180. */
      days?: number;
      /** Bytes that are kept of one log, head and tail together. Default 1048576. */
      logBytes?: number;
    };
    /** What is expected of backups, and when restore drills run. Keys of `overrides` replace those above for the backups that they name. */
    backups?: {
      /** How long after a due time a run may take to come; a quarter of the interval, from 15 minutes to an hour, and the usual duration if left out. */
      grace?: HumanDuration | string;
      /** Oldest that the last good backup may be; not judged if left out. */
      recoveryPoint?: HumanDuration | string;
      /** Longest that a backup may be paused; two intervals of its schedule if left out. */
      pausedWithin?: HumanDuration | string;
      /** Oldest that the last verified backup may be. Default 7 days. */
      verifiedWithin?: HumanDuration | string;
      /** What counts as verified. Default checksum. */
      verifiedLevel?: 'checksum' | 'readable' | 'restored';
      /** A backup smaller than this part of the one before is suspicious. Default 0.5. */
      shrunkBelow?: number;
      /** A backup larger than this many times the one before is suspicious. Default 2. */
      grownAbove?: number;
      /** When the portal runs the chart's restore drills; never by itself if left out. */
      drill?: {
        /** Five fields as in Kubernetes, such as `0 6 * * 1`. */
        cron: string;
        /** IANA name; UTC if left out. */
        timeZone?: string;
      };
      /** The last one that fits wins, key by key. */
      overrides?: Array<{
        /** Name of one of the clusters; all if left out. */
        cluster?: string;
        /** All if left out. */
        namespace?: string;
        /** All if left out. */
        release?: string;
        /** As `backup-postgres`; all if left out. */
        backup?: string;
        /** As above. */
        grace?: HumanDuration | string;
        /** As above. */
        recoveryPoint?: HumanDuration | string;
        /** As above. */
        pausedWithin?: HumanDuration | string;
        /** As above. */
        verifiedWithin?: HumanDuration | string;
        /** As above. */
        verifiedLevel?: 'checksum' | 'readable' | 'restored';
        /** As above. */
        shrunkBelow?: number;
        /** As above. */
        grownAbove?: number;
        /** As above; false: none. */
        drill?:
          | {
              /** As above. */
              cron: string;
              /** As above. */
              timeZone?: string;
            }
          | false;
      }>;
    };
    /** How often one person or program may ask within a minute, on each replica; false: as often as they want. */
    rateLimits?: {
      /** Requests that only read. Default 3000. */
      reads?: number | false;
      /** Requests that change something, dry runs too. Default 120. */
      changes?: number | false;
    };
    /** Which entities of the catalog say whom an instance belongs to. */
    ownership?: {
      /**
       * Beginnings of origin locations, as `url:https://git.example.com/platform/`. Default: those of the entity provider (`akko:`) and of files
       * that the configuration names (`file:`). Entities of other places have no say, because in many portals everybody may register some.
       */
      trustedLocations?: string[];
    };
    /** Who is told of findings. */
    notifications?: {
      /** Entity refs of users or groups that are told of every finding, beside the owners of the instance's catalog entity. */
      receivers?: string[];
    };
  };
}
