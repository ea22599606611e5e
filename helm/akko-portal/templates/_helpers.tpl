{{/* Name of the objects in the namespace of the release. */}}
{{- define "akko-portal.name" -}}
{{- $name := .Release.Name -}}
{{- if not (contains "akko-portal" $name) -}}
{{- $name = printf "%s-akko-portal" $name -}}
{{- end -}}
{{- .Values.fullnameOverride | default $name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{/*
Name of roles and bindings. It has the namespace in it, since they are in namespaces of others or in none, where portals of several namespaces meet.
*/}}
{{- define "akko-portal.roleName" -}}
{{- .Release.Namespace }}:{{ include "akko-portal.name" . }}
{{- end }}

{{- define "akko-portal.labels" -}}
{{ include "akko-portal.selectorLabels" . }}
app.kubernetes.io/part-of: akko
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Labels that find the pods. */}}
{{- define "akko-portal.selectorLabels" -}}
app.kubernetes.io/name: akko-portal
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "akko-portal.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "akko-portal.name" .) }}
{{- end }}

{{- define "akko-portal.image" -}}
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

{{/* Host names of the ingress as JSON. */}}
{{- define "akko-portal.hosts" -}}
{{- .Values.ingress.hosts | default (list (splitList ":" (urlParse .Values.baseUrl).host | first)) | toJson }}
{{- end }}

{{/* Variable of an API token. Takes its subject. */}}
{{- define "akko-portal.tokenVariable" -}}
AKKO_API_TOKEN_{{ . | upper | replace "-" "_" }}
{{- end }}
