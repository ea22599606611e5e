{{/*
Parts of the jobs' configuration that say how to reach a service. A secret is a map of env, secret and key: the pod template finds these maps and
takes each variable from its Secret (akko-init.secretsIn).
*/}}

{{/* Takes env and source, a map of name and key. */}}
{{- define "akko-init.secret" -}}
{ env: {{ .env }}, secret: {{ .source.name | quote }}, key: {{ .source.key | quote }} }
{{- end }}

{{/* Takes server, a part of services, and env. */}}
{{- define "akko-init.postgresql" -}}
host: {{ .server.host | quote }}
port: {{ .server.port | int }}
user: {{ .server.user | quote }}
database: {{ .server.database | quote }}
sslMode: {{ .server.sslMode }}
password: {{ include "akko-init.secret" (dict "env" .env "source" .server.passwordSecret) }}
{{- end }}

{{/* Takes storage, which is services.objectStorage or another of the same keys, and env, what the names of variables begin with. */}}
{{- define "akko-init.objectStorage" -}}
{{- with .storage.endpoint }}
endpoint: {{ . | quote }}
{{- end }}
region: {{ .storage.region | quote }}
forcePathStyle: {{ .storage.forcePathStyle }}
accessKey: {{ include "akko-init.secret" (dict "env" (printf "%s_ACCESS_KEY" .env) "source" .storage.accessKeySecret) }}
secretKey: {{ include "akko-init.secret" (dict "env" (printf "%s_SECRET_KEY" .env) "source" .storage.secretKeySecret) }}
{{- end }}

{{- define "akko-init.keycloak" -}}
{{- $keycloak := .Values.services.keycloak -}}
url: {{ $keycloak.url | quote }}
realm: {{ $keycloak.realm | quote }}
adminRealm: {{ $keycloak.adminRealm | quote }}
adminClientId: {{ $keycloak.adminClientId | quote }}
user: {{ include "akko-init.secret" (dict "env" "KEYCLOAK_ADMIN_USER" "source" $keycloak.userSecret) }}
password: {{ include "akko-init.secret" (dict "env" "KEYCLOAK_ADMIN_PASSWORD" "source" $keycloak.passwordSecret) }}
{{- end }}

{{/* Databases: a name alone stands for a map. */}}
{{- define "akko-init.namedThings" -}}
{{- range . }}
- {{ if kindIs "string" . }}{{ dict "name" . | toJson }}{{ else }}{{ toJson . }}{{ end }}
{{- end }}
{{- end }}

{{/* Where backups are. Takes root and folder, the backup's part of it. */}}
{{- define "akko-init.backupTarget" -}}
{{- $target := .root.Values.backup.target -}}
type: {{ $target.type }}
{{- if eq $target.type "s3" }}
objectStorage:
  {{- include "akko-init.objectStorage" (dict "storage" ($target.s3.objectStorage | default .root.Values.services.objectStorage) "env" "BACKUP_S3") | nindent 2 }}
bucket: {{ $target.s3.bucket | quote }}
prefix: {{ list $target.s3.prefix .folder | compact | join "/" | quote }}
{{- else }}
path: /backups/{{ .folder }}
{{- end }}
{{- end }}
