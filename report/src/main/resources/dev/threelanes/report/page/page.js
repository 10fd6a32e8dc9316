(() => {
	'use strict';

	const dark = matchMedia('(prefers-color-scheme: dark)');
	const drawn = new Map();

	function color(name) {
		return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
	}

	function theme() {
		const text = color('--quiet');
		const rule = color('--rule');
		const axis = {
			nameTextStyle: { color: text },
			axisLabel: { color: text },
			axisLine: { lineStyle: { color: text } },
			axisTick: { lineStyle: { color: text } },
			splitLine: { lineStyle: { color: rule } }
		};
		return {
			textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
			legend: { textStyle: { color: color('--ink') } },
			tooltip: {
				backgroundColor: color('--paper'),
				borderColor: rule,
				textStyle: { color: color('--ink') },
				axisPointer: { lineStyle: { color: text } }
			},
			valueAxis: axis,
			logAxis: axis
		};
	}

	function draw(element) {
		const option = JSON.parse(element.dataset.option);
		option.tooltip.valueFormatter = (value) => (value == null) ? '–'
			: value.toLocaleString('en', { maximumFractionDigits: 1 });
		drawn.get(element)?.dispose();
		const chart = echarts.init(element, theme());
		chart.setOption(option);
		drawn.set(element, chart);
	}

	const elements = document.querySelectorAll('.chart');
	elements.forEach(draw);
	dark.addEventListener('change', () => elements.forEach(draw));
	new ResizeObserver((entries) => entries.forEach((entry) => drawn.get(entry.target)?.resize()))
		.observe(document.body);
	addEventListener('resize', () => drawn.forEach((chart) => chart.resize()));
	addEventListener('beforeprint', () => drawn.forEach((chart) => chart.resize()));
})();
