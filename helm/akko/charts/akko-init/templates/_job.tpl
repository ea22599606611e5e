{{/*
The Job of an init job. Takes root, name, and `for`: `release` for what Helm runs, `catalogue` for the copy that `kubectl create -f` takes.

The copy of a hook has no hook annotations and no revision: Helm deletes the Job before the next hook by its name alone, and on a Job that Helm did
not make they would say what is not so. The copy of a plain Job has what Helm writes on its own objects: without it the next upgrade would refuse to
take over a Job that somebody else made.
*/}}
{{- define "akko-init.jobManifest" -}}
{{- $root := .root -}}
{{- $job := include "akko-init.job" . | fromYaml -}}
{{- $settings := $job.settings -}}
{{- $isHook := $root.Values.useHelmHooks -}}
{{- $template := include "akko-init.podTemplate" . -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $root.Release.Name }}-{{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "akko-init.jobLabels" . | nindent 4 }}
  annotations:
    akko.io/config-checksum: {{ include "akko-init.checksum" $template }}
    {{- if and $isHook (eq .for "release") }}
    akko.io/revision: {{ $root.Release.Revision | quote }}
    helm.sh/hook: post-install,post-upgrade
    helm.sh/hook-weight: {{ int $job.weight | quote }}
    helm.sh/hook-delete-policy: before-hook-creation
    {{- end }}
    {{- if and (not $isHook) (eq .for "catalogue") }}
    meta.helm.sh/release-name: {{ $root.Release.Name }}
    meta.helm.sh/release-namespace: {{ $root.Release.Namespace }}
    {{- end }}
spec:
  backoffLimit: {{ int $settings.backoffLimit }}
  activeDeadlineSeconds: {{ int $settings.activeDeadlineSeconds }}
  ttlSecondsAfterFinished: {{ int $settings.ttlSecondsAfterFinished }}
  podFailurePolicy:
    {{- include "akko-init.podFailurePolicy" .name | nindent 4 }}
  template:
    {{- $template | nindent 4 }}
{{- end }}

{{/* The Job for Helm, where it is enabled. Takes root and name. */}}
{{- define "akko-init.jobOfRelease" -}}
{{- if include "akko-init.isEnabled" . }}
{{- include "akko-init.jobManifest" (merge (dict "for" "release") .) }}
{{- end }}
{{- end }}
