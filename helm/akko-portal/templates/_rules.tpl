{{/* What the account may do: the rights of docs/examples/cluster-role.yaml. Secrets are not among them. */}}
{{- define "akko-portal.rules" -}}
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [get, list, watch]
- apiGroups: ['']
  resources: [pods, events, configmaps]
  verbs: [get, list, watch]
- apiGroups: ['']
  resources: [pods/log]
  verbs: [get]
{{- if eq .Values.rbac.mode "operate" }}
- apiGroups: [batch]
  resources: [jobs]
  verbs: [create, delete]
- apiGroups: [batch]
  resources: [cronjobs, cronjobs/status]
  verbs: [patch]
{{- end }}
{{- end }}

{{- define "akko-portal.subjects" -}}
- kind: ServiceAccount
  name: {{ include "akko-portal.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
