// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the table is laid out as blocks, which takes its roles away.
/** Ratios and totals of one asset over all reports that have been verified here, as charts and as a table. */
import type { Quantity } from '@solvent/report-format/fraction';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import { useMemo, useState } from 'preact/hooks';
import { formats } from '../formats.js';
import { LineChart } from '../parts/line-chart.js';
import { strings } from '../strings/en.js';
import type { CheckedReport, ListedReport } from '../worker/requests.js';

const t = strings.history;

/** An asset's line in one report. */
interface Point {
  readonly name: string;
  readonly line: AssetRatio;
}

export function HistoryCharts({
  reports,
  checked,
}: {
  reports: readonly ListedReport[];
  checked: readonly CheckedReport[];
}) {
  const assets = useMemo(() => assetsOf(checked), [checked]);
  const [chosen, setChosen] = useState<string>();
  const asset = chosen !== undefined && assets.includes(chosen) ? chosen : firstShown(assets);
  const points = useMemo(() => pointsOf(reports, checked, asset), [reports, checked, asset]);
  const names = useMemo(() => points.map(({ name }) => name), [points]);
  const ratioLines = useMemo(
    () => [
      { name: t.ratio, values: points.map(({ line }) => percentOf(line)), style: 'strong' as const },
      { name: formats.percent('100 %'), values: points.map(() => 100), style: 'mark' as const },
    ],
    [points],
  );
  const totalLines = useMemo(
    () => [
      { name: t.held, values: points.map(({ line }) => drawn(line.reserves)), style: 'strong' as const },
      { name: t.owed, values: points.map(({ line }) => drawn(line.liabilities)), style: 'plain' as const },
    ],
    [points],
  );
  return (
    <section class="section" aria-labelledby="charts-title">
      <h2 id="charts-title">{t.charts}</h2>
      <div class="field-inline">
        <label for="history-asset">{t.series}</label>
        <select id="history-asset" value={asset} onChange={(event) => setChosen(event.currentTarget.value)}>
          {assets.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </div>
      <div class="charts">
        <LineChart title={t.ratioOf(asset)} names={names} lines={ratioLines} valueText={percentTick} />
        <LineChart title={t.owedOf(asset)} names={names} lines={totalLines} valueText={amountTick} />
      </div>
      <HistoryTable asset={asset} points={points} />
    </section>
  );
}

// The asset that most people look for first, where it is there.
function firstShown(assets: readonly string[]): string {
  return assets.includes('BTC') ? 'BTC' : (assets[0] ?? '');
}

function HistoryTable({ asset, points }: { asset: string; points: readonly Point[] }) {
  return (
    <table class="ratios stacked" role="table" aria-label={t.tableOf(asset)}>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {t.report}
          </th>
          {[t.owed, t.held, t.ratio].map((title) => (
            <th key={title} scope="col" role="columnheader" class="right">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {[...points].reverse().map(({ name, line }) => (
          <tr key={name} role="row">
            <th scope="row" role="rowheader">
              {name}
            </th>
            <td role="cell" class="right owed-cell" data-label={t.owed}>
              {formats.amountText(line.liabilities.units, line.liabilities.decimals)}
            </td>
            <td role="cell" class="right held-cell" data-label={t.held}>
              {formats.amountText(line.reserves.units, line.reserves.decimals)}
            </td>
            <td role="cell" class="right ratio-cell">
              <strong>{line.percent === undefined ? strings.exchange.noneOwed : formats.percent(line.percent)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function assetsOf(checked: readonly CheckedReport[]): string[] {
  return [...new Set(checked.flatMap(({ ratio }) => (ratio.ratios ?? []).map(({ asset }) => asset)))].sort();
}

function pointsOf(reports: readonly ListedReport[], checked: readonly CheckedReport[], asset: string): Point[] {
  const byFolder = new Map(checked.map((report) => [report.folder, report]));
  return reports.flatMap(({ folder, reportId }) => {
    const line = byFolder.get(folder)?.ratio.ratios?.find((one) => one.asset === asset);
    return line === undefined ? [] : [{ name: reportId, line }];
  });
}

// Charts draw doubles; every number that is read stands in the table, exactly.
function percentOf({ ratio }: AssetRatio): number {
  return ratio.denominator === 0n ? Number.NaN : Number((ratio.numerator * 1_000_000n) / ratio.denominator) / 10_000;
}

function drawn({ units, decimals }: Quantity): number {
  return Number(units) / 10 ** decimals;
}

const tickFormat = new Intl.NumberFormat(navigator.language, { notation: 'compact', maximumSignificantDigits: 4 });

function percentTick(value: number): string {
  return `${tickFormat.format(value)} %`;
}

function amountTick(value: number): string {
  return tickFormat.format(value);
}
