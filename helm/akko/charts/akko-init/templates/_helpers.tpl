{{/* Labels of every object. None of them changes with a version or revision: a plain Job that stays has to stay as it is. */}}
{{- define "akko-init.labels" -}}
app.kubernetes.io/name: akko-init
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: akko
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Labels that find the pods of all jobs. */}}
{{- define "akko-init.selectorLabels" -}}
app.kubernetes.io/name: akko-init
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of a job's objects and pods. Takes root and name. */}}
{{- define "akko-init.jobLabels" -}}
{{ include "akko-init.labels" .root }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "akko-init.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- .Values.serviceAccount.name | default (printf "%s-akko-init" .Release.Name) }}
{{- else }}
{{- .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{- define "akko-init.image" -}}
{{- $image := .Values.image -}}
{{- $repository := $image.repository -}}
{{- with (.Values.global).imageRegistry }}
{{- $repository = printf "%s/%s" (trimSuffix "/" .) $repository -}}
{{- end }}
{{- if $image.digest }}
{{- printf "%s@%s" $repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $repository ($image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{/* Kubernetes takes 52 characters for the name of a CronJob, and <release>-backup-postgres is the longest of them. */}}
{{- define "akko-init.checkRelease" -}}
{{- if gt (len .Release.Name) 36 }}
{{- fail (printf "The release name %s has %d characters; with the names of the jobs, Kubernetes has room for 36." .Release.Name (len .Release.Name)) }}
{{- end }}
{{- end }}

{{/* Claim of the volume of backups. */}}
{{- define "akko-init.backupClaim" -}}
{{- .Values.backup.persistence.existingClaim | default (printf "%s-backups" .Release.Name) }}
{{- end }}
