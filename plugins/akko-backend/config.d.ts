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
    /** Who is told of findings. */
    notifications?: {
      /** Entity refs of users or groups that are told of every finding, beside the owners of the instance's catalog entity. */
      receivers?: string[];
    };
  };
}
