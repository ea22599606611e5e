{{/* What people read after an install; the umbrella shows it too. */}}
{{- define "akko-init.notes" -}}
{{- $root := . -}}
The bootstrap of {{ .Release.Name }} in namespace {{ .Release.Namespace }}{{ if .Values.useHelmHooks }} ran as hooks of Helm{{ else }} runs as plain Jobs, which Helm did not wait for{{ end }}:
{{ range include "akko-init.jobs" . | fromYamlArray }}
{{- if include "akko-init.isEnabled" (dict "root" $root "name" .name) }}
  {{ printf "%-20s" .name }} {{ .title }}
{{- end }}
{{- end }}

How it stands:

  kubectl get jobs,cronjobs -n {{ .Release.Namespace }} -l app.kubernetes.io/instance={{ .Release.Name }},app.kubernetes.io/name=akko-init

What a job did, and why it failed:

  kubectl logs -n {{ .Release.Namespace }} job/{{ .Release.Name }}-<job> --tail=50

Finished Jobs go after {{ int .Values.jobDefaults.ttlSecondsAfterFinished }} s; the portal remembers them.
{{- if not (or .Values.backup.postgres.enabled .Values.backup.minio.enabled) }}

No backup is switched on. In production, set akko-init.backup.postgres.enabled and akko-init.backup.minio.enabled.
{{- else }}

A backup now, and a drill that proves the newest one:
{{ range include "akko-init.cronJobs" . | fromYamlArray }}
{{- if include "akko-init.isEnabled" (dict "root" $root "name" .name) }}
  kubectl create job -n {{ $root.Release.Namespace }} --from=cronjob/{{ $root.Release.Name }}-{{ .name }} {{ $root.Release.Name }}-{{ .name }}-1
{{- end }}
{{- end }}
{{- end }}
{{- end }}
