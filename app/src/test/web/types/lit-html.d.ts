// What the page uses of lit-html, for the type check alone.
export const html: (strings: TemplateStringsArray, ...values: any[]) => any;
export const svg: typeof html;
export const nothing: unique symbol;
export function render(value: any, root: HTMLElement): void;
export function repeat<T>(items: Iterable<T>, key: (item: any, index: number) => any, template: (item: any, index: number) => any): any;
export function live(value: any): any;
export function directive(type: any): (...values: any[]) => any;
export class Directive {
  render(...values: any[]): any;
  update(part: any, values: any): any;
}
