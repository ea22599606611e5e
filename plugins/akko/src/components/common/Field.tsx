import { makeStyles } from '@material-ui/core/styles';
import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  // The usual colour is too faint on the grey of a page (WCAG 2.2, 1.4.3).
  label: { color: toneColors(theme).quiet },
}));

/** A small outlined field whose label is always above it. With `select` it is the browser's own list. */
export function Field(props: TextFieldProps & { id: string }) {
  const classes = useStyles();
  return (
    <TextField
      size="small"
      InputLabelProps={{ shrink: true, classes: { root: classes.label } }}
      SelectProps={{ native: true }}
      {...props}
      variant="outlined"
    />
  );
}
