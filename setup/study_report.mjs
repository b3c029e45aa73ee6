// Tables and pictures of the study in a folder that study.sh filled: tables.md, curves.svg and
// ends.svg there. The figures are afal's own (--json); nothing is computed again here.
//
//   node study_report.mjs DIR
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vegaLite from '../audit/page/node_modules/vega-lite/build/index.js';
import * as vega from '../audit/page/node_modules/vega/build/vega.module.js';

const BIASES = {
  'spurious-50': 'no bias, p .5',
  'spurious-90': 'spurious, p .9',
  'spurious-99': 'spurious, p .99',
  'minority-90': 'minority, p .9',
};
const METRICS = {
  accuracy: 'accuracy',
  worst_group_accuracy: 'worst group',
  group_gap: 'group gap',
  equalized_odds_difference: 'equalized odds diff.',
  aubc: 'AUBC',
  minority_share: 'minority share',
  nll: 'NLL',
  ece: 'ECE',
  brier: 'Brier',
};
const COMPARED = ['accuracy', 'worst_group_accuracy', 'group_gap', 'aubc', 'minority_share'];
const COLORS = ['#0072b2', '#56b4e9', '#009e73', '#e69f00', '#cc79a7', '#000000'];

const folder = process.argv[2];

/// What afal said of each bias that has been run so far, and its lines of metrics.csv.
function readStudy() {
  return Object.keys(BIASES).filter((name) => existsSync(join(folder, `${name}.json`))).map((name) => {
    const summary = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    const [header, ...lines] =
      readFileSync(join(folder, name, 'metrics.csv'), 'utf8').trim().split('\n');
    const columns = header.split(',');
    const rows = lines.map((line) => {
      const fields = line.split(',');
      return Object.fromEntries(columns.map((column, i) => [column, fields[i]]));
    });
    // Seeds that are still running have no place beside the figures of those that are done.
    return {name, summary, rows: rows.filter((row) => Number(row.seed) < summary.seeds)};
  });
}

function interval(statistic) {
  if (statistic.mean === null) return 'undefined';
  if (statistic.low === null) return statistic.mean.toFixed(3);
  return `${statistic.mean.toFixed(3)} ± ${(statistic.high - statistic.mean).toFixed(3)}`;
}

function probability(test) {
  if (test.p_holm === null) return 'p undefined';
  return test.p_holm < 0.001 ? 'p < .001' : `p ${test.p_holm.toFixed(3).replace(/^0/, '')}`;
}

const tableRow = (cells) => `| ${cells.join(' | ')} |\n`;

function table(head, rows) {
  return tableRow(head) + tableRow(head.map(() => '---')) + rows.map(tableRow).join('');
}

function means(summary) {
  return table(
    ['heuristic', ...Object.values(METRICS)],
    summary.heuristics.map((one) =>
      [one.heuristic, ...Object.keys(METRICS).map((metric) => interval(one[metric]))]));
}

function differences(summary) {
  const pairs = summary.paired_tests.filter((pair) => pair.second === 'random');
  return table(
    ['minus random', ...COMPARED.map((metric) => METRICS[metric])],
    pairs.map((pair) => [pair.first, ...COMPARED.map((metric) =>
      `${interval(pair[metric].difference)}, ${probability(pair[metric])}`)]));
}

function reach(summary) {
  const targets = summary.heuristics[0].labels_to_reach.map((one) => one.accuracy);
  return table(
    ['labels to an accuracy of', ...targets],
    summary.heuristics.map((one) => [one.heuristic, ...one.labels_to_reach.map((to) =>
      `${to.median_labels ?? 'not reached'} (${to.seeds_reached} seeds)`)]));
}

function seconds(rows) {
  const stages = ['train_seconds', 'score_seconds', 'choose_seconds', 'test_seconds'];
  const sum = (stage) => rows.reduce((total, row) => total + Number(row[stage]), 0);
  return stages.map((stage) => `${stage.replace('_seconds', '')} ${sum(stage).toFixed(0)} s`);
}

function section({name, summary, rows}) {
  return `## ${BIASES[name]}\n\n` +
    `${summary.seeds} seeds; minority cells are ${summary.pool_minority_share.toFixed(4)} of the ` +
    `pool. ${seconds(rows).join(', ')}.\n\n` +
    [means(summary), differences(summary), reach(summary)].join('\n');
}

const CONFIG = {
  background: 'white',
  axis: {labelFontSize: 10, titleFontSize: 11, grid: true, gridColor: '#e8e8e8'},
  header: {title: null, labelFontSize: 12},
  legend: {symbolType: 'stroke', symbolOpacity: 1, symbolStrokeWidth: 2},
  view: {stroke: '#cccccc'},
};

async function picture(file, spec) {
  const compiled = vegaLite.compile({...spec, config: CONFIG}).spec;
  const view = new vega.View(vega.parse(compiled), {renderer: 'none'});
  writeFileSync(join(folder, file), `${await view.toSVG()}\n`);
}

function colorOf(heuristics) {
  return {field: 'heuristic', type: 'nominal', title: null, sort: heuristics,
          scale: {domain: heuristics, range: COLORS}};
}

const biasColumn = (names) => ({field: 'bias', type: 'nominal', sort: names});

/// Mean over the seeds against the labels, with bands of one standard error.
function curves(study, heuristics) {
  const values = study.flatMap(({name, rows}) => rows.map((row) => ({
    bias: BIASES[name], heuristic: row.heuristic, labelled: Number(row.labelled),
    accuracy: Number(row.accuracy), worst: Number(row.worst_group_accuracy),
  })));
  const panel = (field, title) => ({
    facet: {column: biasColumn(study.map(({name}) => BIASES[name]))},
    spec: {
      width: 190, height: 170,
      encoding: {
        x: {field: 'labelled', type: 'quantitative', title: 'labels', scale: {zero: false},
            axis: {tickCount: 5}},
        y: {field, type: 'quantitative', title, scale: {zero: false}},
        color: colorOf(heuristics),
      },
      layer: [
        {mark: {type: 'errorband', extent: 'stderr', opacity: 0.15}},
        {mark: {type: 'line', strokeWidth: 1.5},
         encoding: {y: {field, aggregate: 'mean', type: 'quantitative', title}}},
      ],
    },
    resolve: {scale: {y: 'independent'}},
  });
  return {data: {values}, vconcat: [panel('accuracy', 'accuracy'),
                                    panel('worst', 'worst-group accuracy')]};
}

/// Means at the last step with their 95 % intervals.
function ends(study, heuristics) {
  const values = study.flatMap(({name, summary}) => summary.heuristics.map((one) => ({
    bias: BIASES[name], heuristic: one.heuristic,
    ...Object.fromEntries(['minority_share', 'worst_group_accuracy'].flatMap((metric) =>
      ['mean', 'low', 'high'].map((end) => [`${metric}_${end}`, one[metric][end]]))),
  })));
  const panel = (metric, title) => ({
    facet: {column: biasColumn(study.map(({name}) => BIASES[name]))},
    bounds: 'flush', spacing: 30,
    spec: {
      width: 190, height: 110,
      encoding: {
        y: {field: 'heuristic', type: 'nominal', title: null, sort: heuristics},
        color: {...colorOf(heuristics), legend: null},
      },
      layer: [
        {mark: 'rule', encoding: {
          x: {field: `${metric}_low`, type: 'quantitative', title, scale: {zero: false},
              axis: {tickCount: 4}},
          x2: {field: `${metric}_high`}}},
        {mark: {type: 'point', filled: true, size: 40},
         encoding: {x: {field: `${metric}_mean`, type: 'quantitative', title}}},
      ],
    },
    resolve: {scale: {x: 'independent'}},
  });
  return {data: {values},
          vconcat: [panel('minority_share', 'minority share of the labels'),
                    panel('worst_group_accuracy', 'worst-group accuracy')]};
}

const study = readStudy();
const heuristics = study[0].summary.heuristics.map((one) => one.heuristic);
writeFileSync(join(folder, 'tables.md'), study.map(section).join('\n'));
await picture('curves.svg', curves(study, heuristics));
await picture('ends.svg', ends(study, heuristics));
