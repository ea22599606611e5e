{{- define "akko-portal.notes" -}}
{{- $namespace := .Release.Namespace -}}
{{- $name := include "akko-portal.name" . -}}
{{- if .Values.portal.enabled -}}
{{ $name }} in namespace {{ $namespace }} starts {{ int .Values.replicas }} portal{{ if gt (int .Values.replicas) 1 }}s{{ end }}, for {{ .Values.baseUrl }}.

How it stands:

  kubectl rollout status -n {{ $namespace }} deployment/{{ $name }}
  kubectl logs -n {{ $namespace }} deployment/{{ $name }} --all-pods --tail=20
{{- if not .Values.ingress.enabled }}

From your machine, without an ingress:

  kubectl port-forward -n {{ $namespace }} service/{{ $name }} 7007:{{ int .Values.service.port }}
{{- end }}

What has to be there, or pods do not start:

  database {{ .Values.postgresql.database | default "of each plugin, made by the portal" }}, role {{ .Values.postgresql.user }}, on {{ .Values.postgresql.host }}:{{ int .Values.postgresql.port }}
  Secret {{ .Values.postgresql.passwordSecret.name }}, key {{ .Values.postgresql.passwordSecret.key }}
{{- range .Values.apiTokens }}
  Secret {{ .secret.name }}, key {{ .secret.key }}
{{- end }}
{{- with .Values.remoteClusters }}

What may be absent, and its cluster is then shown as not reachable:
{{ range . }}
  Secret {{ .tokenSecret.name }}, key {{ .tokenSecret.key }}
{{- end }}
{{- end }}

It watches:
{{ range concat (include "akko-portal.clusters" . | fromJsonArray) (((.Values.config).akko).clusters | default list) }}
  {{ .name }}: {{ if .namespaces }}{{ join ", " .namespaces }}{{ else }}all namespaces{{ end }}
{{- else }}
  nothing. Set inCluster.enabled=true, or name clusters in remoteClusters.
{{- end }}
{{- if not ((.Values.config).auth).providers }}

Nobody can sign in yet: config.auth.providers is empty. docs/deployment.md tells how to add your identity provider.
{{- else if (((.Values.config).auth).providers.guest).dangerouslyAllowOutsideDevelopment }}

Everybody who reaches it is signed in as the guest. That is for trying only.
{{- end }}
{{- else -}}
The account {{ include "akko-portal.serviceAccountName" . }} in namespace {{ $namespace }} may now {{ .Values.rbac.mode }} AKKO releases in {{ if .Values.rbac.clusterWide }}all namespaces{{ else }}{{ join ", " .Values.rbac.namespaces }}{{ end }}. No portal runs here.

Give the portal a token of it, for example one for 90 days:

  kubectl create token -n {{ $namespace }} {{ include "akko-portal.serviceAccountName" . }} --duration=2160h

On the portal's cluster, put it into a Secret, and name that in remoteClusters:

  kubectl create secret generic -n <namespace of the portal> akko-portal-<cluster> --from-literal=token=<token>
{{- end }}
{{- end }}
