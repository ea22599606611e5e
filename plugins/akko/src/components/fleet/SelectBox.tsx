import Checkbox from '@material-ui/core/Checkbox';
import { WhyNot } from '../common/WhyNot';

/** Chooses one instance or several; says why where that cannot be. */
export function SelectBox(props: {
  label: string;
  /** Undefined: it can be. */
  why: string | undefined;
  isSelected: boolean;
  /** Some of several are. */
  isPartly?: boolean;
  onSelect: (isSelected: boolean) => void;
}) {
  const { isPartly, isSelected, label, onSelect, why } = props;
  return (
    <WhyNot why={why}>
      {({ className, disableTouchRipple, style, ...described }) => (
        <Checkbox
          size="small"
          color="primary"
          className={className}
          style={style}
          disableTouchRipple={disableTouchRipple}
          checked={isSelected}
          indeterminate={isPartly}
          onChange={(_, isChosen) => !why && onSelect(isChosen)}
          inputProps={{ 'aria-label': label, ...described }}
        />
      )}
    </WhyNot>
  );
}
