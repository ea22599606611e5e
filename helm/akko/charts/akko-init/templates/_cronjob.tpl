{{/* The CronJob of a backup or drill, where it is enabled. Takes root and name. */}}
{{- define "akko-init.cronJobOfRelease" -}}
{{- $root := .root -}}
{{- $backup := $root.Values.backup -}}
{{- $job := include "akko-init.job" . | fromYaml -}}
{{- $settings := $job.settings -}}
{{- $section := $root.Values -}}
{{- range $job.section }}
{{- $section = get $section . -}}
{{- end }}
{{- if $job.enabled }}
{{- $template := include "akko-init.podTemplate" . -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ $root.Release.Name }}-{{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "akko-init.jobLabels" . | nindent 4 }}
  annotations:
    akko.io/config-checksum: {{ include "akko-init.checksum" $template }}
spec:
  schedule: {{ $section.schedule | quote }}
  timeZone: {{ $backup.timeZone }}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: {{ int $backup.startingDeadlineSeconds }}
  successfulJobsHistoryLimit: {{ int $backup.successfulJobsHistoryLimit }}
  failedJobsHistoryLimit: {{ int $backup.failedJobsHistoryLimit }}
  {{- /* Left out where it is false: a pause made by hand or in the portal stays, and no upgrade fights over the field. */}}
  {{- if $section.suspend }}
  suspend: true
  {{- end }}
  jobTemplate:
    metadata:
      labels:
        {{- include "akko-init.jobLabels" . | nindent 8 }}
      annotations:
        akko.io/config-checksum: {{ include "akko-init.checksum" $template }}
    spec:
      {{- /* How long finished ones stay is said by the history limits. */}}
      backoffLimit: {{ int $settings.backoffLimit }}
      activeDeadlineSeconds: {{ int $settings.activeDeadlineSeconds }}
      podFailurePolicy:
        {{- include "akko-init.podFailurePolicy" .name | nindent 8 }}
      template:
        {{- $template | nindent 8 }}
{{- end }}
{{- end }}
