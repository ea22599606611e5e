/**
 * Wire format of the kinds that the sandbox reads, from the Go struct tags of k8s.io/api v0.35.4.
 * A message is a list of fields, a field is `<number> <JSON name> <type> <flags>`: name `-` is inlined into the parent;
 * flags `r` repeated, `m` map by string, `o` left out of JSON when zero.
 */
export const messages: Readonly<Record<string, string>> = {
  AWSElasticBlockStoreVolumeSource:
    '1 volumeID string;2 fsType string o;3 partition int o;4 readOnly bool o',
  Affinity:
    '1 nodeAffinity NodeAffinity;2 podAffinity PodAffinity;3 podAntiAffinity PodAntiAffinity',
  AppArmorProfile: '1 type string;2 localhostProfile string',
  AzureDiskVolumeSource:
    '1 diskName string;2 diskURI string;3 cachingMode string;4 fsType string;5 readOnly bool;6 kind string',
  AzureFileVolumeSource:
    '1 secretName string;2 shareName string;3 readOnly bool o',
  CSIVolumeSource:
    '1 driver string;2 readOnly bool;3 fsType string;4 volumeAttributes string om;5 nodePublishSecretRef LocalObjectReference',
  Capabilities: '1 add string or;2 drop string or',
  CephFSVolumeSource:
    '1 monitors string r;2 path string o;3 user string o;4 secretFile string o;5 secretRef LocalObjectReference;6 readOnly bool o',
  CinderVolumeSource:
    '1 volumeID string;2 fsType string o;3 readOnly bool o;4 secretRef LocalObjectReference',
  ClusterTrustBundleProjection:
    '1 name string;2 signerName string;3 labelSelector LabelSelector;5 optional bool;4 path string',
  ConfigMap:
    '1 metadata ObjectMeta o;4 immutable bool;2 data string om;3 binaryData bytes om',
  ConfigMapEnvSource: '1 - LocalObjectReference;2 optional bool',
  ConfigMapKeySelector: '1 - LocalObjectReference;2 key string;3 optional bool',
  ConfigMapProjection:
    '1 - LocalObjectReference;2 items KeyToPath or;4 optional bool',
  ConfigMapVolumeSource:
    '1 - LocalObjectReference;2 items KeyToPath or;3 defaultMode int;4 optional bool',
  Container:
    '1 name string;2 image string o;3 command string or;4 args string or;5 workingDir string o;6 ports ContainerPort or;19 envFrom EnvFromSource or;7 env EnvVar or;8 resources ResourceRequirements o;23 resizePolicy ContainerResizePolicy or;24 restartPolicy string;25 restartPolicyRules ContainerRestartRule or;9 volumeMounts VolumeMount or;21 volumeDevices VolumeDevice or;10 livenessProbe Probe;11 readinessProbe Probe;22 startupProbe Probe;12 lifecycle Lifecycle;13 terminationMessagePath string o;20 terminationMessagePolicy string o;14 imagePullPolicy string o;15 securityContext SecurityContext;16 stdin bool o;17 stdinOnce bool o;18 tty bool o',
  ContainerExtendedResourceRequest:
    '1 containerName string;2 resourceName string;3 requestName string',
  ContainerPort:
    '1 name string o;2 hostPort int o;3 containerPort int;4 protocol string o;5 hostIP string o',
  ContainerResizePolicy: '1 resourceName string;2 restartPolicy string',
  ContainerRestartRule:
    '1 action string o;2 exitCodes ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: '1 operator string o;2 values int or',
  ContainerState:
    '1 waiting ContainerStateWaiting;2 running ContainerStateRunning;3 terminated ContainerStateTerminated',
  ContainerStateRunning: '1 startedAt Time o',
  ContainerStateTerminated:
    '1 exitCode int;2 signal int o;3 reason string o;4 message string o;5 startedAt Time o;6 finishedAt Time o;7 containerID string o',
  ContainerStateWaiting: '1 reason string o;2 message string o',
  ContainerStatus:
    '1 name string;2 state ContainerState o;3 lastState ContainerState o;4 ready bool;5 restartCount int;6 image string;7 imageID string;8 containerID string o;9 started bool;10 allocatedResources Quantity om;11 resources ResourceRequirements;12 volumeMounts VolumeMountStatus or;13 user ContainerUser;14 allocatedResourcesStatus ResourceStatus or;15 stopSignal string',
  ContainerUser: '1 linux LinuxContainerUser',
  CronJob:
    '1 metadata ObjectMeta o;2 spec CronJobSpec o;3 status CronJobStatus o',
  CronJobSpec:
    '1 schedule string;8 timeZone string;2 startingDeadlineSeconds int;3 concurrencyPolicy string o;4 suspend bool;5 jobTemplate JobTemplateSpec;6 successfulJobsHistoryLimit int;7 failedJobsHistoryLimit int',
  CronJobStatus:
    '1 active ObjectReference or;4 lastScheduleTime Time;5 lastSuccessfulTime Time',
  DeleteOptions:
    '1 gracePeriodSeconds int;2 preconditions Preconditions;3 orphanDependents bool;4 propagationPolicy string;5 dryRun string or;6 ignoreStoreReadErrorWithClusterBreakingPotential bool',
  DownwardAPIProjection: '1 items DownwardAPIVolumeFile or',
  DownwardAPIVolumeFile:
    '1 path string;2 fieldRef ObjectFieldSelector;3 resourceFieldRef ResourceFieldSelector;4 mode int',
  DownwardAPIVolumeSource: '1 items DownwardAPIVolumeFile or;2 defaultMode int',
  EmptyDirVolumeSource: '1 medium string o;2 sizeLimit Quantity',
  EnvFromSource:
    '1 prefix string o;2 configMapRef ConfigMapEnvSource;3 secretRef SecretEnvSource',
  EnvVar: '1 name string;2 value string o;3 valueFrom EnvVarSource',
  EnvVarSource:
    '1 fieldRef ObjectFieldSelector;2 resourceFieldRef ResourceFieldSelector;3 configMapKeyRef ConfigMapKeySelector;4 secretKeyRef SecretKeySelector;5 fileKeyRef FileKeySelector',
  EphemeralContainer:
    '1 - EphemeralContainerCommon;2 targetContainerName string o',
  EphemeralContainerCommon:
    '1 name string;2 image string o;3 command string or;4 args string or;5 workingDir string o;6 ports ContainerPort or;19 envFrom EnvFromSource or;7 env EnvVar or;8 resources ResourceRequirements o;23 resizePolicy ContainerResizePolicy or;24 restartPolicy string;25 restartPolicyRules ContainerRestartRule or;9 volumeMounts VolumeMount or;21 volumeDevices VolumeDevice or;10 livenessProbe Probe;11 readinessProbe Probe;22 startupProbe Probe;12 lifecycle Lifecycle;13 terminationMessagePath string o;20 terminationMessagePolicy string o;14 imagePullPolicy string o;15 securityContext SecurityContext;16 stdin bool o;17 stdinOnce bool o;18 tty bool o',
  EphemeralVolumeSource: '1 volumeClaimTemplate PersistentVolumeClaimTemplate',
  Event:
    '1 metadata ObjectMeta;2 involvedObject ObjectReference;3 reason string o;4 message string o;5 source EventSource o;6 firstTimestamp Time o;7 lastTimestamp Time o;8 count int o;9 type string o;10 eventTime MicroTime o;11 series EventSeries;12 action string o;13 related ObjectReference;14 reportingComponent string;15 reportingInstance string',
  EventSeries: '1 count int o;2 lastObservedTime MicroTime o',
  EventSource: '1 component string o;2 host string o',
  ExecAction: '1 command string or',
  FCVolumeSource:
    '1 targetWWNs string or;2 lun int;3 fsType string o;4 readOnly bool o;5 wwids string or',
  FieldSelectorAttributes:
    '1 rawSelector string o;2 requirements FieldSelectorRequirement or',
  FieldSelectorRequirement: '1 key string;2 operator string;3 values string or',
  FileKeySelector:
    '1 volumeName string;2 path string;3 key string;4 optional bool',
  FlexVolumeSource:
    '1 driver string;2 fsType string o;3 secretRef LocalObjectReference;4 readOnly bool o;5 options string om',
  FlockerVolumeSource: '1 datasetName string o;2 datasetUUID string o',
  GCEPersistentDiskVolumeSource:
    '1 pdName string;2 fsType string o;3 partition int o;4 readOnly bool o',
  GRPCAction: '1 port int;2 service string',
  GitRepoVolumeSource:
    '1 repository string;2 revision string o;3 directory string o',
  GlusterfsVolumeSource: '1 endpoints string;2 path string;3 readOnly bool o',
  HTTPGetAction:
    '1 path string o;2 port IntOrString;3 host string o;4 scheme string o;5 httpHeaders HTTPHeader or',
  HTTPHeader: '1 name string;2 value string',
  HostAlias: '1 ip string;2 hostnames string or',
  HostIP: '1 ip string',
  HostPathVolumeSource: '1 path string;2 type string',
  ISCSIVolumeSource:
    '1 targetPortal string;2 iqn string;3 lun int;4 iscsiInterface string o;5 fsType string o;6 readOnly bool o;7 portals string or;8 chapAuthDiscovery bool o;11 chapAuthSession bool o;10 secretRef LocalObjectReference;12 initiatorName string',
  ImageVolumeSource: '1 reference string o;2 pullPolicy string o',
  Job: '1 metadata ObjectMeta o;2 spec JobSpec o;3 status JobStatus o',
  JobCondition:
    '1 type string;2 status string;3 lastProbeTime Time o;4 lastTransitionTime Time o;5 reason string o;6 message string o',
  JobSpec:
    '1 parallelism int;2 completions int;3 activeDeadlineSeconds int;11 podFailurePolicy PodFailurePolicy;16 successPolicy SuccessPolicy;7 backoffLimit int;12 backoffLimitPerIndex int;13 maxFailedIndexes int;4 selector LabelSelector;5 manualSelector bool;6 template PodTemplateSpec;8 ttlSecondsAfterFinished int;9 completionMode string;10 suspend bool;14 podReplacementPolicy string;15 managedBy string',
  JobStatus:
    '1 conditions JobCondition or;2 startTime Time;3 completionTime Time;4 active int o;5 succeeded int o;6 failed int o;11 terminating int;7 completedIndexes string o;10 failedIndexes string;8 uncountedTerminatedPods UncountedTerminatedPods;9 ready int',
  JobTemplateSpec: '1 metadata ObjectMeta o;2 spec JobSpec o',
  KeyToPath: '1 key string;2 path string;3 mode int',
  LabelSelector:
    '1 matchLabels string om;2 matchExpressions LabelSelectorRequirement or',
  LabelSelectorAttributes:
    '1 rawSelector string o;2 requirements LabelSelectorRequirement or',
  LabelSelectorRequirement: '1 key string;2 operator string;3 values string or',
  Lifecycle:
    '1 postStart LifecycleHandler;2 preStop LifecycleHandler;3 stopSignal string',
  LifecycleHandler:
    '1 exec ExecAction;2 httpGet HTTPGetAction;3 tcpSocket TCPSocketAction;4 sleep SleepAction',
  LinuxContainerUser: '1 uid int;2 gid int;3 supplementalGroups int or',
  LocalObjectReference: '1 name string o',
  ManagedFieldsEntry:
    '1 manager string o;2 operation string o;3 apiVersion string o;4 time Time;6 fieldsType string o;7 fieldsV1 Raw;8 subresource string o',
  ModifyVolumeStatus:
    '1 targetVolumeAttributesClassName string o;2 status string',
  NFSVolumeSource: '1 server string;2 path string;3 readOnly bool o',
  Namespace:
    '1 metadata ObjectMeta o;2 spec NamespaceSpec o;3 status NamespaceStatus o',
  NamespaceCondition:
    '1 type string;2 status string;4 lastTransitionTime Time o;5 reason string o;6 message string o',
  NamespaceSpec: '1 finalizers string or',
  NamespaceStatus: '1 phase string o;2 conditions NamespaceCondition or',
  NodeAffinity:
    '1 requiredDuringSchedulingIgnoredDuringExecution NodeSelector;2 preferredDuringSchedulingIgnoredDuringExecution PreferredSchedulingTerm or',
  NodeSelector: '1 nodeSelectorTerms NodeSelectorTerm r',
  NodeSelectorRequirement: '1 key string;2 operator string;3 values string or',
  NodeSelectorTerm:
    '1 matchExpressions NodeSelectorRequirement or;2 matchFields NodeSelectorRequirement or',
  NonResourceAttributes: '1 path string o;2 verb string o',
  NonResourceRule: '1 verbs string r;2 nonResourceURLs string or',
  ObjectFieldSelector: '1 apiVersion string o;2 fieldPath string',
  ObjectMeta:
    '1 name string o;2 generateName string o;3 namespace string o;4 selfLink string o;5 uid string o;6 resourceVersion string o;7 generation int o;8 creationTimestamp Time o;9 deletionTimestamp Time;10 deletionGracePeriodSeconds int;11 labels string om;12 annotations string om;13 ownerReferences OwnerReference or;14 finalizers string or;17 managedFields ManagedFieldsEntry or',
  ObjectReference:
    '1 kind string o;2 namespace string o;3 name string o;4 uid string o;5 apiVersion string o;6 resourceVersion string o;7 fieldPath string o',
  OwnerReference:
    '5 apiVersion string;1 kind string;3 name string;4 uid string;6 controller bool;7 blockOwnerDeletion bool',
  PersistentVolumeClaim:
    '1 metadata ObjectMeta o;2 spec PersistentVolumeClaimSpec o;3 status PersistentVolumeClaimStatus o',
  PersistentVolumeClaimCondition:
    '1 type string;2 status string;3 lastProbeTime Time o;4 lastTransitionTime Time o;5 reason string o;6 message string o',
  PersistentVolumeClaimSpec:
    '1 accessModes string or;4 selector LabelSelector;2 resources VolumeResourceRequirements o;3 volumeName string o;5 storageClassName string;6 volumeMode string;7 dataSource TypedLocalObjectReference;8 dataSourceRef TypedObjectReference;9 volumeAttributesClassName string',
  PersistentVolumeClaimStatus:
    '1 phase string o;2 accessModes string or;3 capacity Quantity om;4 conditions PersistentVolumeClaimCondition or;5 allocatedResources Quantity om;7 allocatedResourceStatuses string om;8 currentVolumeAttributesClassName string;9 modifyVolumeStatus ModifyVolumeStatus',
  PersistentVolumeClaimTemplate:
    '1 metadata ObjectMeta o;2 spec PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: '1 claimName string;2 readOnly bool o',
  PhotonPersistentDiskVolumeSource: '1 pdID string;2 fsType string o',
  Pod: '1 metadata ObjectMeta o;2 spec PodSpec o;3 status PodStatus o',
  PodAffinity:
    '1 requiredDuringSchedulingIgnoredDuringExecution PodAffinityTerm or;2 preferredDuringSchedulingIgnoredDuringExecution WeightedPodAffinityTerm or',
  PodAffinityTerm:
    '1 labelSelector LabelSelector;2 namespaces string or;3 topologyKey string;4 namespaceSelector LabelSelector;5 matchLabelKeys string or;6 mismatchLabelKeys string or',
  PodAntiAffinity:
    '1 requiredDuringSchedulingIgnoredDuringExecution PodAffinityTerm or;2 preferredDuringSchedulingIgnoredDuringExecution WeightedPodAffinityTerm or',
  PodCertificateProjection:
    '1 signerName string o;2 keyType string o;3 maxExpirationSeconds int;4 credentialBundlePath string o;5 keyPath string o;6 certificateChainPath string o;7 userAnnotations string om',
  PodCondition:
    '1 type string;7 observedGeneration int o;2 status string;3 lastProbeTime Time o;4 lastTransitionTime Time o;5 reason string o;6 message string o',
  PodDNSConfig:
    '1 nameservers string or;2 searches string or;3 options PodDNSConfigOption or',
  PodDNSConfigOption: '1 name string o;2 value string',
  PodExtendedResourceClaimStatus:
    '1 requestMappings ContainerExtendedResourceRequest r;2 resourceClaimName string',
  PodFailurePolicy: '1 rules PodFailurePolicyRule r',
  PodFailurePolicyOnExitCodesRequirement:
    '1 containerName string;2 operator string;3 values int r',
  PodFailurePolicyOnPodConditionsPattern: '1 type string;2 status string',
  PodFailurePolicyRule:
    '1 action string;2 onExitCodes PodFailurePolicyOnExitCodesRequirement;3 onPodConditions PodFailurePolicyOnPodConditionsPattern or',
  PodIP: '1 ip string',
  PodOS: '1 name string',
  PodReadinessGate: '1 conditionType string',
  PodResourceClaim:
    '1 name string;3 resourceClaimName string;4 resourceClaimTemplateName string',
  PodResourceClaimStatus: '1 name string;2 resourceClaimName string',
  PodSchedulingGate: '1 name string',
  PodSecurityContext:
    '1 seLinuxOptions SELinuxOptions;8 windowsOptions WindowsSecurityContextOptions;2 runAsUser int;6 runAsGroup int;3 runAsNonRoot bool;4 supplementalGroups int or;12 supplementalGroupsPolicy string;5 fsGroup int;7 sysctls Sysctl or;9 fsGroupChangePolicy string;10 seccompProfile SeccompProfile;11 appArmorProfile AppArmorProfile;13 seLinuxChangePolicy string',
  PodSpec:
    '1 volumes Volume or;20 initContainers Container or;2 containers Container r;34 ephemeralContainers EphemeralContainer or;3 restartPolicy string o;4 terminationGracePeriodSeconds int;5 activeDeadlineSeconds int;6 dnsPolicy string o;7 nodeSelector string om;8 serviceAccountName string o;9 serviceAccount string o;21 automountServiceAccountToken bool;10 nodeName string o;11 hostNetwork bool o;12 hostPID bool o;13 hostIPC bool o;27 shareProcessNamespace bool;14 securityContext PodSecurityContext;15 imagePullSecrets LocalObjectReference or;16 hostname string o;17 subdomain string o;18 affinity Affinity;19 schedulerName string o;22 tolerations Toleration or;23 hostAliases HostAlias or;24 priorityClassName string o;25 priority int;26 dnsConfig PodDNSConfig;28 readinessGates PodReadinessGate or;29 runtimeClassName string;30 enableServiceLinks bool;31 preemptionPolicy string;32 overhead Quantity om;33 topologySpreadConstraints TopologySpreadConstraint or;35 setHostnameAsFQDN bool;36 os PodOS;37 hostUsers bool;38 schedulingGates PodSchedulingGate or;39 resourceClaims PodResourceClaim or;40 resources ResourceRequirements;41 hostnameOverride string;42 workloadRef WorkloadReference',
  PodStatus:
    '17 observedGeneration int o;1 phase string o;2 conditions PodCondition or;3 message string o;4 reason string o;11 nominatedNodeName string o;5 hostIP string o;16 hostIPs HostIP or;6 podIP string o;12 podIPs PodIP or;7 startTime Time;10 initContainerStatuses ContainerStatus or;8 containerStatuses ContainerStatus or;9 qosClass string o;13 ephemeralContainerStatuses ContainerStatus or;14 resize string o;15 resourceClaimStatuses PodResourceClaimStatus or;18 extendedResourceClaimStatus PodExtendedResourceClaimStatus;19 allocatedResources Quantity om;20 resources ResourceRequirements',
  PodTemplateSpec: '1 metadata ObjectMeta o;2 spec PodSpec o',
  PortworxVolumeSource: '1 volumeID string;2 fsType string o;3 readOnly bool o',
  Preconditions: '1 uid string;2 resourceVersion string',
  PreferredSchedulingTerm: '1 weight int;2 preference NodeSelectorTerm',
  Probe:
    '1 - ProbeHandler;2 initialDelaySeconds int o;3 timeoutSeconds int o;4 periodSeconds int o;5 successThreshold int o;6 failureThreshold int o;7 terminationGracePeriodSeconds int',
  ProbeHandler:
    '1 exec ExecAction;2 httpGet HTTPGetAction;3 tcpSocket TCPSocketAction;4 grpc GRPCAction',
  ProjectedVolumeSource: '1 sources VolumeProjection r;2 defaultMode int',
  QuobyteVolumeSource:
    '1 registry string;2 volume string;3 readOnly bool o;4 user string o;5 group string o;6 tenant string o',
  RBDVolumeSource:
    '1 monitors string r;2 image string;3 fsType string o;4 pool string o;5 user string o;6 keyring string o;7 secretRef LocalObjectReference;8 readOnly bool o',
  ResourceAttributes:
    '1 namespace string o;2 verb string o;3 group string o;4 version string o;5 resource string o;6 subresource string o;7 name string o;8 fieldSelector FieldSelectorAttributes;9 labelSelector LabelSelectorAttributes',
  ResourceClaim: '1 name string;2 request string o',
  ResourceFieldSelector:
    '1 containerName string o;2 resource string;3 divisor Quantity o',
  ResourceHealth: '1 resourceID string;2 health string o',
  ResourceRequirements:
    '1 limits Quantity om;2 requests Quantity om;3 claims ResourceClaim or',
  ResourceRule:
    '1 verbs string r;2 apiGroups string or;3 resources string or;4 resourceNames string or',
  ResourceStatus: '1 name string;2 resources ResourceHealth or',
  SELinuxOptions:
    '1 user string o;2 role string o;3 type string o;4 level string o',
  ScaleIOVolumeSource:
    '1 gateway string;2 system string;3 secretRef LocalObjectReference;4 sslEnabled bool o;5 protectionDomain string o;6 storagePool string o;7 storageMode string o;8 volumeName string o;9 fsType string o;10 readOnly bool o',
  SeccompProfile: '1 type string;2 localhostProfile string',
  Secret:
    '1 metadata ObjectMeta o;5 immutable bool;2 data bytes om;4 stringData string om;3 type string o',
  SecretEnvSource: '1 - LocalObjectReference;2 optional bool',
  SecretKeySelector: '1 - LocalObjectReference;2 key string;3 optional bool',
  SecretProjection:
    '1 - LocalObjectReference;2 items KeyToPath or;4 optional bool',
  SecretVolumeSource:
    '1 secretName string o;2 items KeyToPath or;3 defaultMode int;4 optional bool',
  SecurityContext:
    '1 capabilities Capabilities;2 privileged bool;3 seLinuxOptions SELinuxOptions;10 windowsOptions WindowsSecurityContextOptions;4 runAsUser int;8 runAsGroup int;5 runAsNonRoot bool;6 readOnlyRootFilesystem bool;7 allowPrivilegeEscalation bool;9 procMount string;11 seccompProfile SeccompProfile;12 appArmorProfile AppArmorProfile',
  SelfSubjectAccessReview:
    '1 metadata ObjectMeta o;2 spec SelfSubjectAccessReviewSpec;3 status SubjectAccessReviewStatus o',
  SelfSubjectAccessReviewSpec:
    '1 resourceAttributes ResourceAttributes;2 nonResourceAttributes NonResourceAttributes',
  SelfSubjectRulesReview:
    '1 metadata ObjectMeta o;2 spec SelfSubjectRulesReviewSpec;3 status SubjectRulesReviewStatus o',
  SelfSubjectRulesReviewSpec: '1 namespace string o',
  ServiceAccount:
    '1 metadata ObjectMeta o;2 secrets ObjectReference or;3 imagePullSecrets LocalObjectReference or;4 automountServiceAccountToken bool',
  ServiceAccountTokenProjection:
    '1 audience string o;2 expirationSeconds int;3 path string',
  SleepAction: '1 seconds int',
  StorageOSVolumeSource:
    '1 volumeName string o;2 volumeNamespace string o;3 fsType string o;4 readOnly bool o;5 secretRef LocalObjectReference',
  SubjectAccessReviewStatus:
    '1 allowed bool;4 denied bool o;2 reason string o;3 evaluationError string o',
  SubjectRulesReviewStatus:
    '1 resourceRules ResourceRule r;2 nonResourceRules NonResourceRule r;3 incomplete bool;4 evaluationError string o',
  SuccessPolicy: '1 rules SuccessPolicyRule r',
  SuccessPolicyRule: '1 succeededIndexes string;2 succeededCount int',
  Sysctl: '1 name string;2 value string',
  TCPSocketAction: '1 port IntOrString;2 host string o',
  Toleration:
    '1 key string o;2 operator string o;3 value string o;4 effect string o;5 tolerationSeconds int',
  TopologySpreadConstraint:
    '1 maxSkew int;2 topologyKey string;3 whenUnsatisfiable string;4 labelSelector LabelSelector;5 minDomains int;6 nodeAffinityPolicy string;7 nodeTaintsPolicy string;8 matchLabelKeys string or',
  TypedLocalObjectReference: '1 apiGroup string;2 kind string;3 name string',
  TypedObjectReference:
    '1 apiGroup string;2 kind string;3 name string;4 namespace string',
  UncountedTerminatedPods: '1 succeeded string or;2 failed string or',
  Volume: '1 name string;2 - VolumeSource',
  VolumeDevice: '1 name string;2 devicePath string',
  VolumeMount:
    '1 name string;2 readOnly bool o;7 recursiveReadOnly string;3 mountPath string;4 subPath string o;5 mountPropagation string;6 subPathExpr string o',
  VolumeMountStatus:
    '1 name string;2 mountPath string;3 readOnly bool o;4 recursiveReadOnly string',
  VolumeProjection:
    '1 secret SecretProjection;2 downwardAPI DownwardAPIProjection;3 configMap ConfigMapProjection;4 serviceAccountToken ServiceAccountTokenProjection;5 clusterTrustBundle ClusterTrustBundleProjection;6 podCertificate PodCertificateProjection',
  VolumeResourceRequirements: '1 limits Quantity om;2 requests Quantity om',
  VolumeSource:
    '1 hostPath HostPathVolumeSource;2 emptyDir EmptyDirVolumeSource;3 gcePersistentDisk GCEPersistentDiskVolumeSource;4 awsElasticBlockStore AWSElasticBlockStoreVolumeSource;5 gitRepo GitRepoVolumeSource;6 secret SecretVolumeSource;7 nfs NFSVolumeSource;8 iscsi ISCSIVolumeSource;9 glusterfs GlusterfsVolumeSource;10 persistentVolumeClaim PersistentVolumeClaimVolumeSource;11 rbd RBDVolumeSource;12 flexVolume FlexVolumeSource;13 cinder CinderVolumeSource;14 cephfs CephFSVolumeSource;15 flocker FlockerVolumeSource;16 downwardAPI DownwardAPIVolumeSource;17 fc FCVolumeSource;18 azureFile AzureFileVolumeSource;19 configMap ConfigMapVolumeSource;20 vsphereVolume VsphereVirtualDiskVolumeSource;21 quobyte QuobyteVolumeSource;22 azureDisk AzureDiskVolumeSource;23 photonPersistentDisk PhotonPersistentDiskVolumeSource;26 projected ProjectedVolumeSource;24 portworxVolume PortworxVolumeSource;25 scaleIO ScaleIOVolumeSource;27 storageos StorageOSVolumeSource;28 csi CSIVolumeSource;29 ephemeral EphemeralVolumeSource;30 image ImageVolumeSource',
  VsphereVirtualDiskVolumeSource:
    '1 volumePath string;2 fsType string o;3 storagePolicyName string o;4 storagePolicyID string o',
  WeightedPodAffinityTerm: '1 weight int;2 podAffinityTerm PodAffinityTerm',
  WindowsSecurityContextOptions:
    '1 gmsaCredentialSpecName string;2 gmsaCredentialSpec string;3 runAsUserName string;4 hostProcess bool',
  WorkloadReference:
    '1 name string;2 podGroup string;3 podGroupReplicaKey string o',
};
