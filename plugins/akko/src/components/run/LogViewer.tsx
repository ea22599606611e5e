import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { download } from '../common/download';
import { MONOSPACE } from '../common/monospace';
import { toneColors } from '../state/useToneColors';
import { LogToolbar } from './LogToolbar';
import { errorLineIn, linesOf, matchesIn } from './logLines';

const LINE_HEIGHT = 20;
/** Nearer to the end than this, new lines are followed, in pixels. */
const AT_END = 40;

const useStyles = makeStyles(theme => ({
  scroll: {
    overflow: 'auto',
    maxHeight: 420,
    minHeight: 120,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor:
      theme.palette.type === 'dark'
        ? '#121212'
        : theme.palette.background.paper,
    fontFamily: MONOSPACE,
    fontSize: 13,
    lineHeight: `${LINE_HEIGHT}px`,
  },
  canvas: { position: 'relative', minWidth: '100%' },
  line: {
    position: 'absolute',
    top: 0,
    left: 0,
    minWidth: '100%',
    display: 'flex',
    boxSizing: 'border-box',
    padding: theme.spacing(0, 1),
  },
  number: {
    width: 48,
    flex: 'none',
    textAlign: 'right',
    paddingRight: 12,
    color: toneColors(theme).quiet,
    userSelect: 'none',
  },
  error: {
    boxShadow: `inset 4px 0 ${toneColors(theme).bad}`,
    fontWeight: 600,
  },
  match: {
    backgroundColor: theme.palette.type === 'dark' ? '#4a3c00' : '#fff3b0',
  },
  chosen: { outline: `2px solid ${theme.palette.primary.main}` },
}));

/** A log of any length: search, wrap, go to the error, follow, download. */
export function LogViewer(props: {
  text: string;
  /** Of the file that is downloaded, without its ending. */
  name: string;
  errorLine?: string;
  isFollowing: boolean;
}) {
  const { text, name, errorLine, isFollowing } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const scroll = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isWrapped, setIsWrapped] = useState(true);
  const lines = useMemo(() => linesOf(text), [text]);
  const matches = useMemo(() => matchesIn(lines, search), [lines, search]);
  const matching = useMemo(() => new Set(matches), [matches]);
  const error = useMemo(
    () => errorLineIn(lines, errorLine),
    [lines, errorLine],
  );
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const goTo = (line: number) =>
    virtualizer.scrollToIndex(line, { align: 'center' });

  const hasGoneToError = useRef(false);
  useEffect(() => {
    if (error >= 0 && !hasGoneToError.current) {
      hasGoneToError.current = true;
      virtualizer.scrollToIndex(error, { align: 'center' });
    }
  }, [error, virtualizer]);

  const isAtEnd = useRef(true);
  useEffect(() => {
    if (isFollowing && isAtEnd.current && lines.length > 0) {
      virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [isFollowing, lines.length, virtualizer]);

  return (
    <>
      <LogToolbar
        search={search}
        onSearch={value => {
          setSearch(value);
          setChosen(0);
        }}
        matches={matches.length}
        chosen={chosen}
        onChoose={index => {
          const next = (index + matches.length) % matches.length;
          setChosen(next);
          goTo(matches[next]);
        }}
        isWrapped={isWrapped}
        onWrap={setIsWrapped}
        onError={error >= 0 ? () => goTo(error) : undefined}
        onDownload={() =>
          download(`${name}.log`, new Blob([text], { type: 'text/plain' }))
        }
        isFollowing={isFollowing}
      />
      <div
        ref={scroll}
        className={classes.scroll}
        role="log"
        aria-live="off"
        aria-label={t('run.log.label', { job: name })}
        // Scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          isAtEnd.current =
            at.scrollHeight - at.scrollTop - at.clientHeight < AT_END;
        }}
      >
        <div
          className={classes.canvas}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              className={[
                classes.line,
                index === error && classes.error,
                matching.has(index) && classes.match,
                matches[chosen] === index && classes.chosen,
              ]
                .filter(Boolean)
                .join(' ')}
              style={{
                transform: `translateY(${start}px)`,
                whiteSpace: isWrapped ? 'pre-wrap' : 'pre',
                overflowWrap: isWrapped ? 'anywhere' : undefined,
                width: isWrapped ? '100%' : undefined,
              }}
            >
              <span className={classes.number} aria-hidden="true">
                {index + 1}
              </span>
              <span>{lines[index] || ' '}</span>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
