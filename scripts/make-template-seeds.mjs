// Writes project-template/seeds/*.csv: an invented bicycle shop, the same bytes on every run. The files are committed;
// run this only after changing what it writes.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './tool.mjs';

const seeds = path.join(root, 'project-template', 'seeds');
const customerCount = 500;
const orderCount = 2500;
const firstDay = Date.UTC(2024, 0, 2);
const days = 700;
const dayLength = 86_400_000;

/** A small seeded generator (mulberry32): Math.random cannot be repeated. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(20240102);
const below = (n) => Math.floor(random() * n);
const between = (low, high) => low + below(high - low + 1);
const pick = (list) => list[below(list.length)];
const chance = (probability) => random() < probability;

const day = (n) => new Date(firstDay + n * dayLength).toISOString().slice(0, 10);
const moment = (n, hour) =>
  `${day(n)} ${String(hour).padStart(2, '0')}:${String(below(60)).padStart(2, '0')}:${String(below(60)).padStart(2, '0')}`;

function writeCsv(name, header, rows) {
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const lines = [header, ...rows].map((row) => row.map(cell).join(','));
  writeFileSync(path.join(seeds, `${name}.csv`), `${lines.join('\n')}\n`);
  console.log(`${name}: ${rows.length} rows`);
}

const firstNames =
  'Ada Bram Chidi Dunja Emre Femke Goran Hanna Imani Jonas Kirsi Lorenzo Maren Nuno Oksana Pilar Quirin Rosa Sanna Tomas Ulla Vera Wim Xenia Yusuf Zofia'.split(
    ' ',
  );
const lastNames =
  "Albers Bakker Castillo Dietz Eriksen Fontaine Gruber Haas Ivanova Jansen Kowalski Lindqvist Moreau Nagy Okafor Petrov Quint Rossi Sato Turner Urbina Visser Weber Yilmaz Zeman O'Dea".split(
    ' ',
  );
const cities = [
  ['Harbourford', '10'],
  ['Millbridge', '22'],
  ['Eastvale', '31'],
  ['Stonegate', '47'],
  ['Lakeside', '58'],
];
const streets = ['Chain Lane', 'Hub Street', 'Spoke Road', 'Saddle Way', 'Crank Hill', 'Fork Close', 'Rim Square'];
const range = {
  bicycle: { names: ['Commuter', 'Gravel', 'Cargo', 'Folding', 'Trekking', 'Kids 20"'], cents: [54900, 189900] },
  component: {
    names: ['Saddle', 'Handlebar', 'Crankset', 'Cassette', 'Disc brake', 'Rear rack'],
    cents: [1900, 18900],
  },
  accessory: { names: ['Bell', 'Lock', 'Front light', 'Pannier', 'Helmet', 'Bottle, steel'], cents: [900, 11900] },
  service: { names: ['Inspection', 'Wheel truing'], cents: [2500, 7900] },
};
const grades = ['One', 'Two', 'Pro'];

function makeProducts() {
  const products = [];
  for (const [category, { names, cents }] of Object.entries(range)) {
    for (const name of names) {
      for (const grade of grades) {
        const id = products.length + 1;
        const price = Math.round((cents[0] + random() * (cents[1] - cents[0])) / 100) * 100 - 10;
        const sku = `${category.slice(0, 2).toUpperCase()}-${String(id).padStart(3, '0')}`;
        const weight =
          category === 'service' ? '' : category === 'bicycle' ? between(11, 24) * 1000 : between(2, 90) * 20;
        products.push({ id, sku, name: `${name} ${grade}`, category, price, weight });
      }
    }
  }
  return products;
}

/** Every product has a price from the first day on; some change it once or twice. The cost follows the price. */
function makePrices(products) {
  const prices = [];
  for (const { id, price } of products) {
    let current = price;
    for (let from = 0; from < days; from += between(180, 420)) {
      prices.push({ product: id, from, price: current, cost: Math.round(current * (0.45 + random() * 0.2)) });
      if (chance(0.35)) break;
      current = Math.round((current * (0.95 + random() * 0.15)) / 100) * 100 - 10;
    }
  }
  return prices;
}

function makeCustomers() {
  return Array.from({ length: customerCount }, (_, index) => {
    const first = pick(firstNames);
    const last = pick(lastNames);
    const email = `${first}.${last}${index + 1}@example.com`.toLowerCase().replace("'", '');
    return { id: index + 1, first, last, email, since: below(days - 60), newsletter: chance(0.4) };
  });
}

function makeAddresses(customers) {
  const rows = [];
  for (const { id, since } of customers) {
    for (let at = since; at < days; at += between(120, 500)) {
      const [city, prefix] = pick(cities);
      rows.push([
        id,
        `${pick(streets)} ${between(1, 140)}`,
        city,
        `${prefix}${between(100, 999)}`,
        moment(at, between(8, 20)),
      ]);
      if (chance(0.65)) break;
    }
  }
  return rows;
}

function makeOrders(customers) {
  const orders = [];
  for (let index = 0; index < orderCount; index++) {
    const customer = customers[Math.floor(random() ** 1.6 * customers.length)];
    const on = between(customer.since, days - 1);
    orders.push({ customer: customer.id, on, at: moment(on, between(9, 19)), channel: chance(0.6) ? 'shop' : 'web' });
  }
  orders.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return orders.map((order, index) => ({ ...order, id: index + 1, status: statusOf(order.on) }));
}

function statusOf(on) {
  if (on > days - 10 && chance(0.5)) return 'placed';
  const dice = random();
  return dice < 0.04 ? 'cancelled' : dice < 0.1 ? 'returned' : 'completed';
}

function makeItems(orders, products, prices) {
  const priceOn = (product, on) => prices.findLast((p) => p.product === product && p.from <= on).price;
  const items = [];
  for (const order of orders) {
    const chosen = new Set(Array.from({ length: between(1, 3) }, () => pick(products)));
    for (const product of chosen) {
      const quantity = product.category === 'bicycle' || product.category === 'service' ? 1 : between(1, 3);
      const discount = chance(0.12) ? pick([5, 10, 15]) : 0;
      const price = priceOn(product.id, order.on);
      items.push({ id: items.length + 1, order: order.id, product: product.id, quantity, price, discount });
    }
  }
  return items;
}

/** A discount is rounded per line, half up, as the models do it in SQL. */
const lineCents = ({ quantity, price, discount }) =>
  quantity * price - Math.floor((quantity * price * discount + 50) / 100);

function makePayments(orders, items) {
  const dueByOrder = new Map();
  for (const item of items) dueByOrder.set(item.order, (dueByOrder.get(item.order) ?? 0) + lineCents(item));
  const payments = [];
  const pay = (order, method, cents, kind) =>
    payments.push([payments.length + 1, order.id, method, kind, cents, order.at]);
  for (const order of orders) {
    if (order.status === 'placed' || order.status === 'cancelled') continue;
    const due = dueByOrder.get(order.id);
    const method = order.channel === 'shop' ? pick(['card', 'cash', 'card']) : pick(['card', 'transfer']);
    const voucher = chance(0.06) ? Math.min(due, pick([1000, 2500])) : 0;
    if (voucher > 0) pay(order, 'voucher', voucher, 'charge');
    if (due > voucher) pay(order, method, due - voucher, 'charge');
    if (order.status === 'returned') pay(order, method, -due, 'refund');
  }
  return payments;
}

mkdirSync(seeds, { recursive: true });
const products = makeProducts();
const prices = makePrices(products);
const customers = makeCustomers();
const orders = makeOrders(customers);
const items = makeItems(orders, products, prices);

writeCsv(
  'raw_customers',
  ['customer_id', 'first_name', 'last_name', 'email', 'signed_up_on', 'newsletter'],
  customers.map((c) => [c.id, c.first, c.last, c.email, day(c.since), c.newsletter]),
);
writeCsv('raw_addresses', ['customer_id', 'street', 'city', 'postcode', 'updated_at'], makeAddresses(customers));
writeCsv(
  'raw_products',
  ['product_id', 'sku', 'product_name', 'category', 'weight_grams'],
  products.map((p) => [p.id, p.sku, p.name, p.category, p.weight]),
);
writeCsv(
  'raw_price_list',
  ['product_id', 'valid_from', 'price_cents', 'cost_cents'],
  prices.map((p) => [p.product, day(p.from), p.price, p.cost]),
);
writeCsv(
  'raw_orders',
  ['order_id', 'customer_id', 'ordered_at', 'channel', 'status'],
  orders.map((o) => [o.id, o.customer, o.at, o.channel, o.status]),
);
writeCsv(
  'raw_order_items',
  ['order_item_id', 'order_id', 'product_id', 'quantity', 'unit_price_cents', 'discount_percent'],
  items.map((i) => [i.id, i.order, i.product, i.quantity, i.price, i.discount]),
);
writeCsv(
  'raw_payments',
  ['payment_id', 'order_id', 'method', 'kind', 'amount_cents', 'paid_at'],
  makePayments(orders, items),
);
writeCsv(
  'door_counter',
  ['visited_on', 'visitors'],
  Array.from({ length: days }, (_, n) => [day(n), between(8, 60)]),
);
