{{/*
Every job: its place in the values, how the portal calls it, and what it needs before. Names, titles and dependencies are those that the portal
knows (plugins/akko-common/src/jobs.ts). Helm runs hooks by weight; a job has a higher one than all that it depends on.
bootstrap-admin comes before keycloak-sync, which would make roles of the directory's groups without their descriptions.
*/}}
{{- define "akko-init.jobs" -}}
- { name: postgres-init, section: [postgres], title: PostgreSQL, dependsOn: [], weight: 10 }
- { name: postgres-data-init, section: [postgresData], title: PostgreSQL data, dependsOn: [], weight: 20 }
- { name: minio-init, section: [minio], title: Object storage, dependsOn: [], weight: 30 }
- { name: polaris-init, section: [polaris], title: Polaris catalog, dependsOn: [postgres-init, minio-init], weight: 40 }
- { name: keycloak-clients, section: [keycloakClients], title: Keycloak clients, dependsOn: [postgres-init], weight: 50 }
- { name: keycloak-sync, section: [keycloakSync], title: Keycloak users, dependsOn: [keycloak-clients], weight: 70 }
- { name: bootstrap-admin, section: [bootstrapAdmin], title: First admin, dependsOn: [keycloak-clients], weight: 60 }
- { name: ai-functions, section: [aiFunctions], title: AI functions, dependsOn: [postgres-data-init], weight: 80 }
- { name: superset-bootstrap, section: [superset], title: Superset dashboard, dependsOn: [postgres-init, postgres-data-init, polaris-init], weight: 90 }
- { name: ollama-models, section: [ollama], title: Language models, dependsOn: [], weight: 100 }
{{- end }}

{{/* Every backup and drill. */}}
{{- define "akko-init.cronJobs" -}}
- { name: backup-postgres, kind: backup, section: [backup, postgres], title: PostgreSQL backup }
- { name: backup-minio, kind: backup, section: [backup, minio], title: Object storage backup }
- { name: drill-postgres, kind: drill, section: [backup, postgres, drill], title: PostgreSQL restore drill }
- { name: drill-minio, kind: drill, section: [backup, minio, drill], title: Object storage restore drill }
{{- end }}

{{/*
A job as the values have it, as YAML: its row of the table with `enabled`, and `settings`, how it runs. A key of a job's own `job` replaces that
of jobDefaults as a whole; sections further out come first (backup.job, then backup.postgres.job). Takes root and row.
*/}}
{{- define "akko-init.jobOfRow" -}}
{{- $values := .root.Values -}}
{{- $settings := deepCopy $values.jobDefaults -}}
{{- $enabled := true -}}
{{- if has .row.name (list "keycloak-clients" "keycloak-sync" "bootstrap-admin") }}
{{- $enabled = $values.keycloak.enabled -}}
{{- end }}
{{- $section := $values -}}
{{- range .row.section }}
{{- $section = get $section . -}}
{{- range $key, $value := $section.job }}
{{- $_ := set $settings $key $value -}}
{{- end }}
{{- if hasKey $section "enabled" }}
{{- $enabled = and $enabled $section.enabled -}}
{{- end }}
{{- end }}
{{- toYaml (merge (dict "enabled" $enabled "settings" $settings) .row) }}
{{- end }}

{{/* The job of a name, as YAML. Takes root and name. */}}
{{- define "akko-init.job" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- range concat (include "akko-init.jobs" $root | fromYamlArray) (include "akko-init.cronJobs" $root | fromYamlArray) }}
{{- if eq .name $name }}
{{- include "akko-init.jobOfRow" (dict "root" $root "row" .) }}
{{- end }}
{{- end }}
{{- end }}

{{/* "true" for an enabled job. Takes root and name. */}}
{{- define "akko-init.isEnabled" -}}
{{- if (include "akko-init.job" . | fromYaml).enabled }}true{{ end }}
{{- end }}
