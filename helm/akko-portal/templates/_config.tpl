{{/*
The app-config that the values come to, with that of `config` over it. Secrets are not in it: ${…} names variables of the pod, and files are read
by the portal itself.
*/}}
{{- define "akko-portal.config" -}}
{{- $config := include "akko-portal.ownConfig" . | fromYaml -}}
{{- if $config.Error }}
{{- fail (printf "The app-config cannot be rendered: %s" $config.Error) }}
{{- end }}
{{- $more := deepCopy .Values.config -}}
{{- $clusters := concat (include "akko-portal.clusters" . | fromJsonArray) (((.Values.config).akko).clusters | default list) -}}
{{- $merged := mustMergeOverwrite $config $more -}}
{{- $_ := set $merged "akko" (set ($merged.akko | default dict) "clusters" $clusters) -}}
{{- toYaml $merged }}
{{- end }}

{{- define "akko-portal.ownConfig" -}}
app:
  baseUrl: {{ .Values.baseUrl }}
backend:
  baseUrl: {{ .Values.baseUrl }}
  listen: ':7007'
  cors:
    origin: {{ .Values.baseUrl }}
  {{- if hasPrefix "http://" .Values.baseUrl }}
  csp:
    {{- /* Browsers would ask for scripts by https, which nobody answers. */}}
    upgrade-insecure-requests: false
  {{- end }}
  lifecycle:
    serverShutdownDelay: { seconds: {{ int .Values.shutdown.delaySeconds }} }
  database:
    {{- include "akko-portal.database" . | nindent 4 }}
  {{- with .Values.apiTokens }}
  auth:
    externalAccess:
      {{- range . }}
      - type: static
        options:
          token: ${{ "{" }}{{ include "akko-portal.tokenVariable" .subject }}}
          subject: {{ .subject }}
        accessRestrictions:
          {{- .accessRestrictions | default (list (dict "plugin" "akko")) | toYaml | nindent 10 }}
      {{- end }}
  {{- end }}
{{- end }}

{{- define "akko-portal.database" -}}
{{- with .Values.postgresql -}}
client: pg
{{- if .database }}
pluginDivisionMode: schema
{{- /* Else Backstage signs in to the database `postgres`, to create this one. */}}
ensureExists: false
ensureSchemaExists: true
{{- end }}
connection:
  host: {{ .host | quote }}
  port: {{ int .port }}
  user: {{ .user | quote }}
  password: ${POSTGRES_PASSWORD}
  {{- with .database }}
  database: {{ . | quote }}
  {{- end }}
  {{- if eq .sslMode "disable" }}
  ssl: false
  {{- else }}
  ssl:
    rejectUnauthorized: {{ eq .sslMode "verify-full" }}
    {{- if include "akko-portal.hasCa" . }}
    ca: { $file: {{ printf "/etc/akko-portal/postgresql/%s" .ca.key | quote }} }
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes postgresql of the values. */}}
{{- define "akko-portal.hasCa" -}}
{{- if and (eq .sslMode "verify-full") (or .ca.secret .ca.configMap) }}true{{ end }}
{{- end }}

{{/* The clusters of inCluster and remoteClusters, as akko.clusters has them, as JSON. */}}
{{- define "akko-portal.clusters" -}}
{{- $clusters := list -}}
{{- with .Values.inCluster }}
{{- if .enabled }}
{{- $cluster := dict "name" .name "title" (.title | default .name) "inCluster" true -}}
{{- if not $.Values.rbac.clusterWide }}
{{- $_ := set $cluster "namespaces" $.Values.rbac.namespaces -}}
{{- end }}
{{- with .labelSelector }}
{{- $_ := set $cluster "labelSelector" . -}}
{{- end }}
{{- $clusters = append $clusters $cluster -}}
{{- end }}
{{- end }}
{{- range .Values.remoteClusters }}
{{- $folder := printf "/etc/akko-portal/clusters/%s" .name -}}
{{- $cluster := dict "name" .name "title" (.title | default .name) "url" .url "tokenFile" (printf "%s/token" $folder) -}}
{{- with .tokenSecret.caKey }}
{{- $_ := set $cluster "caFile" (printf "%s/ca.crt" $folder) -}}
{{- end }}
{{- with .caData }}
{{- $_ := set $cluster "caData" . -}}
{{- end }}
{{- with .namespaces }}
{{- $_ := set $cluster "namespaces" . -}}
{{- end }}
{{- with .labelSelector }}
{{- $_ := set $cluster "labelSelector" . -}}
{{- end }}
{{- $clusters = append $clusters $cluster -}}
{{- end }}
{{- toJson $clusters }}
{{- end }}
