{{/*
Configuration of a job: what the template of its own file says, with how long to wait. The program gives up a minute before Kubernetes ends the
Job, so that it can still say why. Takes root and name.
*/}}
{{- define "akko-init.config" -}}
{{- $settings := (include "akko-init.job" . | fromYaml).settings -}}
{{- $config := include (printf "akko-init.config.%s" .name) .root | fromYaml -}}
{{- if $config.Error }}
{{- fail (printf "The configuration of %s cannot be rendered: %s" .name $config.Error) }}
{{- end }}
{{- $_ := set $config "waitSeconds" (int $settings.waitSeconds) -}}
{{- $_ := set $config "deadlineSeconds" (sub (int $settings.activeDeadlineSeconds) 60) -}}
{{- toYaml $config }}
{{- end }}

{{/* Collects secrets of a configuration: maps of env, secret and key, at any depth. Takes value, and found, which it fills by variable. */}}
{{- define "akko-init.secretsIn" -}}
{{- $found := .found -}}
{{- if kindIs "slice" .value }}
{{- range .value }}
{{- include "akko-init.secretsIn" (dict "value" . "found" $found) }}
{{- end }}
{{- else if kindIs "map" .value }}
{{- if and (hasKey .value "env") (hasKey .value "secret") (hasKey .value "key") }}
{{- $_ := set $found .value.env .value }}
{{- else }}
{{- range .value }}
{{- include "akko-init.secretsIn" (dict "value" . "found" $found) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Name of the ConfigMap with more SQL of a job; empty for most. */}}
{{- define "akko-init.ensureConfigMap" -}}
{{- if eq .name "postgres-init" }}{{ .root.Release.Name }}-postgres-ensure{{ end }}
{{- if eq .name "postgres-data-init" }}{{ .root.Release.Name }}-postgres-data-ensure{{ end }}
{{- end }}

{{/* Words of a job's command: `backup postgres` for backup-postgres. */}}
{{- define "akko-init.command" -}}
{{- if or (hasPrefix "backup-" .) (hasPrefix "drill-" .) }}
{{- splitList "-" . | toJson }}
{{- else }}
{{- list . | toJson }}
{{- end }}
{{- end }}

{{/*
The pod template of a job: the same bytes for the Job, for its copy in the catalogue and for the checksum of both. Nothing in it depends on the
revision. The checksum of the configuration is part of it, so that it changes whenever the configuration does. Takes root and name.
*/}}
{{- define "akko-init.podTemplate" -}}
{{- $template := include "akko-init.podTemplateText" . | fromYaml -}}
{{- if $template.Error }}
{{- fail (printf "The pod template of %s cannot be rendered: %s" .name $template.Error) }}
{{- end }}
{{- toYaml $template }}
{{- end }}

{{- define "akko-init.podTemplateText" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- $settings := (include "akko-init.job" . | fromYaml).settings -}}
{{- $config := include "akko-init.config" . -}}
{{- $ensure := include "akko-init.ensureConfigMap" . -}}
{{- $sql := "" -}}
{{- if $ensure }}
{{- $sql = include (printf "akko-init.ensureSql.%s" $name) $root -}}
{{- end }}
{{- $secrets := dict -}}
{{- include "akko-init.secretsIn" (dict "value" (fromYaml $config) "found" $secrets) -}}
{{- $isBackup := or (hasPrefix "backup-" $name) (hasPrefix "drill-" $name) -}}
{{- $hasVolume := and $isBackup (eq $root.Values.backup.target.type "directory") -}}
metadata:
  labels:
    {{- include "akko-init.jobLabels" . | nindent 4 }}
    {{- with $settings.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ printf "%s\n%s" $config $sql | sha256sum }}
    {{- with $settings.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "akko-init.serviceAccountName" $root }}
  automountServiceAccountToken: false
  {{- /* Variables that Kubernetes makes of Services are none of the program's. */}}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int $settings.terminationGracePeriodSeconds }}
  {{- /* No user is named here: the image has one, and OpenShift gives one of its own. */}}
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
    {{- if $hasVolume }}
    {{- range $key, $value := $root.Values.backup.podSecurityContext }}
    {{- if not (kindIs "invalid" $value) }}
    {{ $key }}: {{ toJson $value }}
    {{- end }}
    {{- end }}
    {{- end }}
  {{- with concat ($root.Values.global).imagePullSecrets | default list }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $settings.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $settings.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $settings.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $settings.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: akko-{{ $name }}
      image: {{ include "akko-init.image" $root | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command: [akko-init]
      args: {{ concat (include "akko-init.command" $name | fromJsonArray) (list "--config" (printf "/etc/akko-init/%s.yaml" $name)) | toJson }}
      env:
        - name: AKKO_INIT_REPORT_FILE
          value: /dev/termination-log
        - name: AKKO_INIT_LOG_FORMAT
          value: {{ $settings.logFormat }}
        - name: AKKO_INIT_LOG_LEVEL
          value: {{ $settings.logLevel }}
        {{- range $env, $source := $secrets }}
        - name: {{ $env }}
          valueFrom:
            secretKeyRef:
              name: {{ $source.secret | quote }}
              key: {{ $source.key | quote }}
              {{- /* So that the program tells what is missing, instead of a pod that never starts. */}}
              optional: true
        {{- end }}
        {{- with $settings.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      resources:
        {{- toYaml $settings.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities:
          drop: [ALL]
      terminationMessagePath: /dev/termination-log
      terminationMessagePolicy: FallbackToLogsOnError
      volumeMounts:
        - name: config
          mountPath: /etc/akko-init
          readOnly: true
        - name: tmp
          mountPath: /tmp
        {{- if $hasVolume }}
        - name: backups
          mountPath: /backups
        {{- end }}
        {{- with $settings.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      projected:
        sources:
          - configMap:
              name: {{ $root.Release.Name }}-init-config
              items:
                - key: {{ $name }}.yaml
                  path: {{ $name }}.yaml
          {{- with $ensure }}
          - configMap:
              name: {{ . }}
              items:
                - key: ensure.sql
                  path: ensure.sql
          {{- end }}
    - name: tmp
      emptyDir: {}
    {{- if $hasVolume }}
    - name: backups
      persistentVolumeClaim:
        claimName: {{ include "akko-init.backupClaim" $root }}
    {{- end }}
    {{- with $settings.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* Checksum of a job's pod template: "changed since its last run" is told by it. Takes the template. */}}
{{- define "akko-init.checksum" -}}
sha256:{{ sha256sum . }}
{{- end }}

{{/*
Which ends of a pod count as an attempt. Another one cannot mend conflicts (65), what is not found (66), wrong logins (67), missing rights (77) and
misconfigurations (78): the Job fails at once. A pod that the cluster took away does not count. Everything else does: service unavailable (69),
internal (70), timeout (75).
*/}}
{{- define "akko-init.podFailurePolicy" -}}
rules:
  - action: FailJob
    onExitCodes:
      containerName: akko-{{ . }}
      operator: In
      values: [65, 66, 67, 77, 78]
  - action: Ignore
    onPodConditions:
      - type: DisruptionTarget
        status: 'True'
{{- end }}
