import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** AKKO instances as entities of the catalog. The module works without it; all keys are optional. */
      akko?: {
        /** When the fleet is read, besides when an instance appears or goes. Default: every minute, for at most a minute. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Namespace of the entities. Default: default. */
        namespace?: string;
        /** Owner of the instances that `instances` names none for, such as group:default/platform. Default: what the instance's label says, else group:default/unknown. */
        owner?: string;
        /** System of the instances that `instances` names none for, such as system:default/akko. Default: what the instance's label says, else none. */
        system?: string;
        /**
         * Whether the labels akko.io/owner and akko.io/system of an instance win over `owner` and `system` above; never over `instances`.
         * Whoever installs the chart then says who owns the instance. Default false.
         */
        trustLabels?: boolean;
        /** Publish no entity for instances that a hand-written entity of a trusted location (`akko.ownership`) is annotated with. Default false. */
        skipAnnotated?: boolean;
        /** Also annotate with cluster, namespace and label selector for the Kubernetes plugin, where it knows the clusters by the same names. Default false. */
        kubernetesAnnotations?: boolean;
        /** What is known of single instances. The first that fits is taken, whole. */
        instances?: Array<{
          /** Name of one of `akko.clusters`; all if left out. */
          cluster?: string;
          /** All if left out. */
          namespace?: string;
          /** Helm release; all if left out. */
          release?: string;
          /** As above. */
          owner?: string;
          /** As above. */
          system?: string;
          /** What people see. */
          title?: string;
        }>;
      };
    };
  };
}
