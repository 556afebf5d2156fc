/** A line over reports. For eyes: whoever reads exactly, or by ear, has the table beside it. */
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onThemeChange } from '../theme-button.js';

/** One line: a value for each report, in their order. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly style: 'strong' | 'plain' | 'mark';
}

export interface LineChartProps {
  readonly title: string;
  /** Names of the reports, from left to right. */
  readonly names: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly valueText: (value: number) => string;
}

export function LineChart(props: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let isGone = false;
    let chart: uPlot | undefined;
    const draw = async () => {
      const { default: Chart } = await import('uplot');
      if (isGone || element.clientWidth === 0) return;
      chart?.destroy();
      chart = new Chart(chartOptions(props, element), chartData(props), element);
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    const forget = onThemeChange(draw);
    return () => {
      isGone = true;
      observer.disconnect();
      forget();
      chart?.destroy();
    };
  }, [props.title, props.names, props.lines]);

  return (
    <figure class="chart">
      <figcaption>
        <strong>{props.title}</strong>
        <ul class="chart-key">
          {props.lines.map(({ name, style }) => (
            <li key={name}>
              <svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true" focusable="false">
                <path class={`key-${style}`} d="M0 5H28" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={place} class="chart-place" role="img" aria-label={props.title} />
    </figure>
  );
}

function chartData({ names, lines }: LineChartProps): uPlot.AlignedData {
  return [names.map((_, i) => i), ...lines.map(({ values }) => [...values])];
}

function chartOptions({ names, lines, valueText }: LineChartProps, element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--muted'),
    font: `13px ${style.fontFamily}`,
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  };
  const strokes = { strong: color('--accent'), plain: color('--ink'), mark: color('--muted') };
  return {
    width: element.clientWidth,
    height: 240,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.3, names.length - 0.7] }, y: { range: paddedRange } },
    axes: [
      { ...axis, size: 32, incrs: [1, 2, 3, 6, 12, 24], values: (_, splits) => splits.map((at) => names[at] ?? '') },
      { ...axis, size: 68, values: (_, splits) => splits.map(valueText) },
    ],
    series: [
      {},
      ...lines.map(({ name, style: kind }) => ({
        label: name,
        stroke: strokes[kind],
        width: kind === 'mark' ? 1 : 2,
        dash: kind === 'strong' ? [] : kind === 'plain' ? [7, 5] : [2, 3],
        points: { show: kind !== 'mark', size: 8, fill: color('--panel') },
      })),
    ],
  };
}

function paddedRange(_: uPlot, least: number | null, most: number | null): [number, number] {
  const [low, high] = [least ?? 0, most ?? 1];
  const room = (high - low || Math.abs(high) || 1) * 0.15;
  return [Math.max(0, low - room), high + room];
}
