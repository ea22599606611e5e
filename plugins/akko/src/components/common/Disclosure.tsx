import Button from '@material-ui/core/Button';
import { useEffect, useState, type ReactNode } from 'react';

/** Something that is shown when somebody asks for it. */
export function Disclosure(props: {
  /** Words of the button. */
  show: string;
  /** Its words while it is shown. */
  hide: string;
  /** Opened without being asked for; also later, when this turns true. */
  isOpenAtFirst?: boolean;
  isOutlined?: boolean;
  children: ReactNode;
}) {
  const { children, hide, isOpenAtFirst = false, isOutlined, show } = props;
  const [isShown, setIsShown] = useState(isOpenAtFirst);
  useEffect(() => {
    if (isOpenAtFirst) {
      setIsShown(true);
    }
  }, [isOpenAtFirst]);
  return (
    <>
      <Button
        size="small"
        variant={isOutlined ? 'outlined' : 'text'}
        color={isOutlined ? 'default' : 'primary'}
        aria-expanded={isShown}
        onClick={() => setIsShown(!isShown)}
        // Its words stand under those above them, its padding outside.
        style={
          isOutlined ? undefined : { textTransform: 'none', marginLeft: -5 }
        }
      >
        {isShown ? hide : show}
      </Button>
      {isShown && children}
    </>
  );
}
