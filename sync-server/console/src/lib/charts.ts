// Apache ECharts as far as our charts need it; fetched with the first page that draws one.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

export type { EChartsCoreOption as ChartOption } from 'echarts/core';

// Drawn on a canvas: what SVG would need of inline styles the server's policy forbids.
echarts.use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export interface Palette {
  text: string;
  soft: string;
  line: string;
  card: string;
  blue: string;
  orange: string;
  ink: string;
  grey: string;
  pale: string;
}

/** The colours in force, by the theme. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('text'),
    soft: colour('text-soft'),
    line: colour('line'),
    card: colour('card'),
    blue: colour('blue'),
    orange: colour('orange'),
    ink: colour('ink'),
    grey: colour('grey'),
    pale: colour('pale'),
  };
}

/** What all charts have in common: quiet axes, room for labels, a tooltip that is drawn and not made of HTML. */
export function common(colours: Palette) {
  const font = { color: colours.soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  const category = {
    type: 'category',
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: font,
  };
  return {
    base: {
      textStyle: { fontFamily: font.fontFamily },
      animationDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 300,
    },
    grid: { left: 4, right: 8, top: 34, bottom: 2, containLabel: true },
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, itemGap: 18, textStyle: { ...font, color: colours.text } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colours.card,
      borderColor: colours.line,
      textStyle: { ...font, color: colours.text },
      axisPointer: { lineStyle: { color: colours.pale }, shadowStyle: { color: colours.line, opacity: 0.4 } },
    },
    category,
    /** A few names beside each other, none left out for want of room. */
    words: { ...category, axisLabel: { ...font, interval: 0, width: 120, overflow: 'break', lineHeight: 14 } },
    /** Names one below the other, the first on top. */
    names: { ...category, inverse: true, axisLabel: { ...font, color: colours.text, width: 132, overflow: 'break', lineHeight: 13 } },
    value: {
      type: 'value',
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: font,
      splitNumber: 4,
    },
  };
}

export function draw(place: HTMLElement): echarts.ECharts {
  return echarts.init(place, null, { renderer: 'canvas' });
}
