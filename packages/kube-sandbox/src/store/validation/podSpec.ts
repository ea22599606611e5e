import { invalid, notSupported, required, type FieldProblem } from '../errors';
import type { Fields } from '../strategies/types';
import { dnsLabelProblem } from './metadata';

/** The checks of a pod spec that people run into. */
export function validatePodSpec(spec: Fields, path: string): FieldProblem[] {
  const containers: Fields[] = spec.containers ?? [];
  return [
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...(spec.initContainers ?? []).flatMap((container: Fields, index: number) =>
      validateContainer(container, `${path}.initContainers[${index}]`),
    ),
    ...containers.flatMap((container, index) =>
      validateContainer(container, `${path}.containers[${index}]`),
    ),
    ...(['Always', 'OnFailure', 'Never'].includes(spec.restartPolicy)
      ? []
      : [
          notSupported(`${path}.restartPolicy`, spec.restartPolicy, [
            'Always',
            'OnFailure',
            'Never',
          ]),
        ]),
  ];
}

function validateContainer(container: Fields, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!container.name) {
    problems.push(required(`${path}.name`));
  } else {
    const problem = dnsLabelProblem(container.name);
    if (problem) {
      problems.push(invalid(`${path}.name`, container.name, problem));
    }
  }
  if (!container.image) {
    problems.push(required(`${path}.image`));
  }
  if (
    !['Always', 'IfNotPresent', 'Never'].includes(container.imagePullPolicy)
  ) {
    problems.push(
      notSupported(`${path}.imagePullPolicy`, container.imagePullPolicy, [
        'Always',
        'IfNotPresent',
        'Never',
      ]),
    );
  }
  (container.env ?? []).forEach((variable: Fields, index: number) => {
    const field = `${path}.env[${index}].name`;
    if (!variable.name) {
      problems.push(required(field));
    } else if (!/^[ -<>-~]+$/.test(variable.name)) {
      problems.push(
        invalid(
          field,
          variable.name,
          "a valid environment variable name must consist only of printable ASCII characters other than '='",
        ),
      );
    }
  });
  return problems;
}
