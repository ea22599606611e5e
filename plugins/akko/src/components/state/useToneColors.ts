import { useTheme, type Theme } from '@material-ui/core/styles';
import type { Tone } from './marks';

/** Colours of tones with a contrast of at least 4.5 on paper, light and dark (WCAG 2.2, 1.4.3). */
export function toneColors(theme: Theme): Record<Tone, string> {
  const isDark = theme.palette.type === 'dark';
  return isDark
    ? {
        good: '#7bd88f',
        pale: '#a3cfae',
        busy: '#82b7ff',
        bad: '#ff9d9d',
        warn: '#ffc266',
        quiet: '#b8b8b8',
      }
    : {
        good: '#1b7031',
        pale: '#476e52',
        busy: '#1a5fb4',
        bad: '#b3261e',
        warn: '#8a5300',
        quiet: '#5f5f5f',
      };
}

export function useToneColors(): Record<Tone, string> {
  return toneColors(useTheme());
}
