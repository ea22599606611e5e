{{- define "akko-portal.podTemplate" -}}
metadata:
  labels:
    {{- include "akko-portal.selectorLabels" . | nindent 4 }}
    app.kubernetes.io/part-of: akko
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    {{- /* Pods are made anew when the configuration changes. */}}
    checksum/config: {{ include "akko-portal.config" . | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "akko-portal.serviceAccountName" . }}
  automountServiceAccountToken: {{ .Values.inCluster.enabled }}
  {{- /* Variables that Kubernetes makes of Services are none of the portal's; those of the API server come all the same. */}}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int .Values.shutdown.gracePeriodSeconds }}
  {{- /* No user is named here: the image has one, and OpenShift gives one of its own. */}}
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  {{- with (.Values.global).imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- with .Values.topologySpreadConstraints }}
    {{- toYaml . | nindent 4 }}
    {{- else }}
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "akko-portal.selectorLabels" $ | nindent 10 }}
      {{- /* Else pods of the version before count too. */}}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
    {{- end }}
  containers:
    {{- list (include "akko-portal.container" . | fromYaml) | toYaml | nindent 4 }}
  volumes:
    {{- include "akko-portal.volumes" . | nindent 4 }}
{{- end }}

{{- define "akko-portal.container" -}}
name: portal
image: {{ include "akko-portal.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- /* Each file goes over those before it. */}}
args:
  - --config
  - app-config.yaml
  - --config
  - app-config.production.yaml
  - --config
  - /etc/akko-portal/config/app-config.yaml
env:
  {{- include "akko-portal.environment" . | nindent 2 }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - name: http
    containerPort: 7007
  {{- if .Values.metrics.enabled }}
  - name: metrics
    containerPort: {{ int .Values.metrics.port }}
  {{- end }}
{{- include "akko-portal.probes" . }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop: [ALL]
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts:
  - name: config
    mountPath: /etc/akko-portal/config
    readOnly: true
  {{- if include "akko-portal.hasCa" .Values.postgresql }}
  - name: postgresql-ca
    mountPath: /etc/akko-portal/postgresql
    readOnly: true
  {{- end }}
  {{- if .Values.remoteClusters }}
  - name: clusters
    mountPath: /etc/akko-portal/clusters
    readOnly: true
  {{- end }}
  - name: tmp
    mountPath: /tmp
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "akko-portal.environment" -}}
- name: POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef:
      {{- toYaml .Values.postgresql.passwordSecret | nindent 6 }}
{{- range .Values.apiTokens }}
- name: {{ include "akko-portal.tokenVariable" .subject }}
  valueFrom:
    secretKeyRef:
      {{- toYaml .secret | nindent 6 }}
{{- end }}
{{- if .Values.metrics.enabled }}
- name: AKKO_METRICS_HOST
  value: 0.0.0.0
- name: AKKO_METRICS_PORT
  value: {{ int .Values.metrics.port | quote }}
{{- else }}
- name: AKKO_METRICS_PORT
  {{- /* Not `off`, which some readers of YAML take for false. */}}
  value: '0'
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Backstage is alive as soon as it listens, and ready when its plugins are. */}}
{{- define "akko-portal.probes" -}}
{{- $probes := .Values.probes }}
startupProbe:
  httpGet: { path: /.backstage/health/v1/readiness, port: http }
  periodSeconds: 2
  timeoutSeconds: {{ int $probes.timeoutSeconds }}
  failureThreshold: {{ div (add (int $probes.startupSeconds) 1) 2 }}
readinessProbe:
  httpGet: { path: /.backstage/health/v1/readiness, port: http }
  periodSeconds: {{ int $probes.periodSeconds }}
  timeoutSeconds: {{ int $probes.timeoutSeconds }}
  failureThreshold: {{ int $probes.readinessFailures }}
livenessProbe:
  httpGet: { path: /.backstage/health/v1/liveness, port: http }
  periodSeconds: {{ int $probes.periodSeconds }}
  timeoutSeconds: {{ int $probes.timeoutSeconds }}
  failureThreshold: {{ int $probes.livenessFailures }}
{{- end }}

{{- define "akko-portal.volumes" -}}
- name: config
  configMap:
    name: {{ include "akko-portal.name" . }}-config
{{- if include "akko-portal.hasCa" .Values.postgresql }}
- name: postgresql-ca
  {{- with .Values.postgresql.ca }}
  {{- if .secret }}
  secret:
    secretName: {{ .secret }}
    items: [{ key: {{ .key | quote }}, path: {{ .key | quote }} }]
  {{- else }}
  configMap:
    name: {{ .configMap }}
    items: [{ key: {{ .key | quote }}, path: {{ .key | quote }} }]
  {{- end }}
  {{- end }}
{{- end }}
{{- with .Values.remoteClusters }}
- name: clusters
  projected:
    sources:
      {{- range . }}
      {{- $cluster := .name }}
      - secret:
          name: {{ .tokenSecret.name }}
          {{- /* The portal tells which cluster has no token, and goes on with the others. */}}
          optional: true
          items:
            - { key: {{ .tokenSecret.key | quote }}, path: {{ .name }}/token }
            {{- with .tokenSecret.caKey }}
            - { key: {{ . | quote }}, path: {{ $cluster }}/ca.crt }
            {{- end }}
      {{- end }}
{{- end }}
- name: tmp
  emptyDir: {}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
