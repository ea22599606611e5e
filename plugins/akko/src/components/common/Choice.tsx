import { Field } from './Field';

/** One of several. @param props - `all`: the words for no choice, where that can be */
export function Choice<Value extends string>(props: {
  id: string;
  label: string;
  all?: string;
  value: Value | undefined;
  options: readonly (readonly [Value, string])[];
  onChoose: (value: Value | undefined) => void;
}) {
  const { all, id, label, onChoose, options, value } = props;
  return (
    <Field
      select
      id={id}
      label={label}
      value={value ?? ''}
      onChange={({ target }) =>
        onChoose(options.find(([option]) => option === target.value)?.[0])
      }
    >
      {all !== undefined && <option value="">{all}</option>}
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </Field>
  );
}
