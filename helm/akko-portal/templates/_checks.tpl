{{/* What the schema cannot see: values that do not go together. Each message names the value and what to do. */}}
{{- define "akko-portal.check" -}}
{{- $values := .Values -}}
{{- if and $values.rbac.create (not $values.rbac.clusterWide) (not $values.rbac.namespaces) }}
{{- fail "rbac.namespaces is empty, so the account may do nothing. Name the namespaces of the AKKO releases, or set rbac.clusterWide=true." }}
{{- end }}
{{- if and (not $values.serviceAccount.create) (not $values.serviceAccount.name) }}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty. Name the account that is there." }}
{{- end }}
{{- if $values.portal.enabled }}
{{- include "akko-portal.checkPortal" . }}
{{- end }}
{{- end }}

{{- define "akko-portal.checkPortal" -}}
{{- $values := .Values -}}
{{- if eq $values.image.tag "latest" }}
{{- fail "image.tag is latest, and what that is changes without anybody's doing. Name a version, or give image.digest." }}
{{- end }}
{{- if and $values.inCluster.enabled (not $values.rbac.clusterWide) (not $values.rbac.namespaces) }}
{{- fail "rbac.namespaces is empty, so nothing of this cluster would be watched. Name the namespaces of the AKKO releases, set rbac.clusterWide=true, or set inCluster.enabled=false." }}
{{- end }}
{{- if le (int $values.shutdown.gracePeriodSeconds) (int $values.shutdown.delaySeconds) }}
{{- fail (printf "shutdown.gracePeriodSeconds is %d, and with shutdown.delaySeconds of %d leaves no time to end. Give it a larger number." (int $values.shutdown.gracePeriodSeconds) (int $values.shutdown.delaySeconds)) }}
{{- end }}
{{- if and $values.podDisruptionBudget.enabled (gt (int $values.replicas) 1) (ge (int $values.podDisruptionBudget.minAvailable) (int $values.replicas)) }}
{{- fail (printf "podDisruptionBudget.minAvailable is %d of %d replicas, so no node with a portal could be drained. Give it a smaller number." (int $values.podDisruptionBudget.minAvailable) (int $values.replicas)) }}
{{- end }}
{{- if and $values.postgresql.ca.secret $values.postgresql.ca.configMap }}
{{- fail "postgresql.ca has both secret and configMap. Keep one of them." }}
{{- end }}
{{- range $values.remoteClusters }}
{{- if and .caData .tokenSecret.caKey }}
{{- fail (printf "remoteClusters: %s has both caData and tokenSecret.caKey. Keep one of them." .name) }}
{{- end }}
{{- end }}
{{- include "akko-portal.checkNames" (dict "what" "clusters" "key" "name" "items" (concat (include "akko-portal.clusters" . | fromJsonArray) ((($values.config).akko).clusters | default list))) }}
{{- include "akko-portal.checkNames" (dict "what" "apiTokens" "key" "subject" "items" $values.apiTokens) }}
{{- end }}

{{/* Takes what, key and items. */}}
{{- define "akko-portal.checkNames" -}}
{{- $seen := dict -}}
{{- $key := .key -}}
{{- $what := .what -}}
{{- range .items }}
{{- $name := get . $key -}}
{{- if hasKey $seen $name }}
{{- fail (printf "Two of the %s have the %s %s. Give each one of its own." $what $key $name) }}
{{- end }}
{{- $_ := set $seen $name true -}}
{{- end }}
{{- end }}
