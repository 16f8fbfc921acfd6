// Run in the page: gives a sentence for each control without a name and each text with too little contrast.
() => {
  const LEAST = 4.5;
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const words = (element) => (element ? element.textContent.trim() : "");
  const called = (element) => `<${element.tagName.toLowerCase()}> “${words(element).slice(0, 40)}” ${element.id || element.className}`;

  const named = (control) =>
    control.getAttribute("aria-label") ||
    words(document.getElementById(control.getAttribute("aria-labelledby"))) ||
    [...(control.labels || [])].map(words).join("") ||
    (control.matches("button, a, summary") && words(control));
  const controls = [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")];
  const nameless = controls.filter((one) => seen(one) && !named(one)).map((one) => `no name: ${called(one)}`);
  const pictures = [...document.images].filter((one) => !one.alt).map((one) => `no words for ${one.src}`);

  const colour = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const over = (front, back) => front.rgb.map((value, at) => value * front.alpha + back[at] * (1 - front.alpha));
  const behind = (element) => {
    if (!element) return getComputedStyle(document.documentElement).colorScheme === "dark" ? [0, 0, 0] : [255, 255, 255];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, behind(element.parentElement));
  };
  const opacity = (element) => (element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1);
  const light = (rgb) => {
    const [red, green, blue] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (element) => {
    const ground = behind(element);
    const own = colour(getComputedStyle(element).color);
    const ink = over({ rgb: own.rgb, alpha: own.alpha * opacity(element) }, ground);
    const [dark, bright] = [light(ink), light(ground)].sort((one, other) => one - other);
    return (bright + 0.05) / (dark + 0.05);
  };
  const written = [...document.querySelectorAll("body *")].filter(
    (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) && seen(one),
  );
  const faint = written.map((one) => [contrast(one), one]).filter(([ratio]) => ratio < LEAST);
  return [
    ...nameless,
    ...pictures,
    ...faint.map(([ratio, one]) => `contrast ${ratio.toFixed(2)}: ${called(one)}`),
    ...(written.length ? [] : ["nothing is written here"]),
  ];
}
