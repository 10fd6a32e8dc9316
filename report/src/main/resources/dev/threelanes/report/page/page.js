(() => {
	'use strict';

	const dark = matchMedia('(prefers-color-scheme: dark)');
	const figures = [...document.querySelectorAll('.chart')];
	const drawn = new Map();
	const hidden = new Set();

	const number = (value) => value.toLocaleString('en', { maximumFractionDigits: 1 });

	// How numbers along an axis read, by the word that the chart gives for it.
	const readings = {
		percentile: (value) => `${Number((100 - 100 / value).toFixed(4))} %`
	};

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
			categoryAxis: axis,
			valueAxis: axis,
			logAxis: axis
		};
	}

	// In pixels: of an entry its symbol with the space behind it, between entries, around all of them, from
	// line to line, and what is to spare above the axes below the first line.
	const legend = { symbol: 30, gap: 10, padding: 5, line: 28, spare: 20 };
	const pen = document.createElement('canvas').getContext('2d');

	function legendLines(element, names) {
		pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
		const room = element.clientWidth - 2 * legend.padding;
		let lines = 1;
		let used = 0;
		names.forEach((name) => {
			const width = legend.symbol + pen.measureText(name).width;
			if (used > 0 && used + width > room) {
				lines++;
				used = 0;
			}
			used += width + legend.gap;
		});
		return lines;
	}

	// Where a legend needs more lines the axes begin further down, and the chart is as much higher.
	function makeRoom(element, option) {
		const lines = legendLines(element, option.legend.data);
		const more = Math.max(0, legend.line * (lines - 1) - legend.spare);
		option.grid.top += more - (option.grid.moved ?? 0);
		option.grid.moved = more;
		element.style.height = '';
		if (more > 0) {
			element.style.height = `${element.clientHeight + more}px`;
		}
	}

	// A series that belongs to no lane stays.
	function selection(option) {
		return Object.fromEntries(option.series.map((series) => [series.name, !hidden.has(series.lane)]));
	}

	function draw(element) {
		const option = JSON.parse(element.dataset.option);
		option.tooltip.valueFormatter = (value) => (value == null) ? '–' : number(value);
		option.legend.selected = selection(option);
		const reading = readings[option.xAxis.reads];
		if (reading) {
			option.xAxis.axisLabel = { formatter: reading };
			option.xAxis.axisPointer = { label: { formatter: (pointer) => reading(pointer.value) } };
		}
		if (option.xAxis.data) {
			// Every name, in lines of its own where there is little room, rather than every second one.
			const room = (element.clientWidth - 60) / option.xAxis.data.length;
			option.xAxis.axisLabel = {
				formatter: (name) => name.replace(' x ', ' x\n'),
				interval: 0, width: 0.9 * room, lineHeight: 14, overflow: 'break'
			};
		}
		makeRoom(element, option);
		drawn.get(element)?.chart.dispose();
		const chart = echarts.init(element, theme());
		chart.setOption(option);
		chart.on('legendselectchanged', (event) => {
			const lane = option.series.find((series) => series.name === event.name)?.lane;
			if (lane) {
				toggle(lane);
			}
		});
		drawn.set(element, { chart, option });
	}

	// In all charts at once; those that were not drawn yet ask when they are.
	function toggle(lane) {
		if (!hidden.delete(lane)) {
			hidden.add(lane);
		}
		document.querySelectorAll('.switches button').forEach((button) =>
			button.setAttribute('aria-pressed', String(!hidden.has(button.dataset.lane))));
		drawn.forEach(({ chart, option }) => chart.setOption({ legend: { selected: selection(option) } }));
	}

	function save(name, address) {
		const link = document.createElement('a');
		link.download = name;
		link.href = address;
		link.click();
	}

	function fileName(figure, ending) {
		const section = figure.closest('section')?.id ?? 'chart';
		const title = figure.querySelector('figcaption strong').textContent;
		return `${section} ${title}`.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase() + ending;
	}

	// As tables show it, but with plain numbers and nothing where nothing was measured. What begins like
	// a formula is kept from being one.
	function field(cell) {
		const text = cell.textContent.trim().replace(/\s+/g, ' ');
		if (text === '–') {
			return '';
		}
		if (/^[-+]?[\d,]+(\.\d+)?$/.test(text)) {
			return text.replaceAll(',', '');
		}
		const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
		return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
	}

	function csv(figure) {
		const rows = [...figure.querySelectorAll('table tr')];
		return rows.map((row) => [...row.cells].map(field).join(',')).join('\r\n') + '\r\n';
	}

	const savers = {
		png: (figure) => {
			const element = figure.querySelector('.chart');
			if (!drawn.has(element)) {
				draw(element);
			}
			save(fileName(figure, '.png'), drawn.get(element).chart
				.getDataURL({ pixelRatio: 2, backgroundColor: color('--paper') }));
		},
		csv: (figure) => {
			const address = URL.createObjectURL(new Blob([csv(figure)], { type: 'text/csv' }));
			save(fileName(figure, '.csv'), address);
			setTimeout(() => URL.revokeObjectURL(address), 10000);
		}
	};

	// A page of many experiments must not draw them all before it can be read.
	const near = new IntersectionObserver((entries) => entries.forEach((entry) => {
		if (entry.isIntersecting) {
			near.unobserve(entry.target);
			draw(entry.target);
		}
	}), { rootMargin: '600px' });
	figures.forEach((element) => near.observe(element));

	document.querySelectorAll('.switches, .save').forEach((element) => element.hidden = false);
	document.querySelectorAll('.switches button').forEach((button) =>
		button.addEventListener('click', () => toggle(button.dataset.lane)));
	document.querySelectorAll('[data-save]').forEach((button) =>
		button.addEventListener('click', () => savers[button.dataset.save](button.closest('figure'))));

	const resize = () => drawn.forEach(({ chart, option }, element) => {
		makeRoom(element, option);
		chart.setOption({ grid: { top: option.grid.top } });
		chart.resize();
	});
	dark.addEventListener('change', () => [...drawn.keys()].forEach(draw));
	new ResizeObserver(resize).observe(document.body);
	addEventListener('resize', resize);
	addEventListener('beforeprint', () => {
		figures.filter((element) => !drawn.has(element)).forEach(draw);
		resize();
	});
})();
