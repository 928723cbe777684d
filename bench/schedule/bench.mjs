// Schedules as a JavaScript team would compute them: node bench.mjs LIBRARY CASE SECONDS
// LIBRARY: decimal (exact, the usual EMI over decimal.js), loanjs, amortization (both floating point). CASE: 12, 360, fold.
// Prints {"perSecond": …, "interest": …}, with the interest in cents, so that the exact sides can be compared.

import { createRequire } from "node:module";
const require = createRequire(import.meta.url);

const AMOUNT = 120000, RATE = 12, PAYMENTS = 24;
const [library, name, seconds] = process.argv.slice(2);

function decimal() {
  const Decimal = require("decimal.js").set({ precision: 28, rounding: 6 }); // ROUND_HALF_EVEN
  const zero = new Decimal(0);

  function schedule(count) {
    const amount = new Decimal(AMOUNT), rate = new Decimal(RATE).div(1200);
    const growth = rate.plus(1).pow(count);
    const installment = amount.times(rate).times(growth).div(growth.minus(1)).toDecimalPlaces(2);
    const rows = [];
    let balance = amount;
    for (let number = 1; number <= count; number++) {
      const interest = balance.times(rate).toDecimalPlaces(2);
      const principal = number === count ? balance : installment.minus(interest);
      balance = balance.minus(principal);
      rows.push({ number, due: dueOn(number), principal, interest, paidPrincipal: zero, paidInterest: zero, balance });
    }
    return rows;
  }

  // Each payment settles the oldest debt first, its interest before its principal.
  function fold() {
    const rows = schedule(PAYMENTS);
    let outstanding = rows.reduce((sum, row) => sum.plus(row.principal).plus(row.interest), zero);
    const payment = outstanding.div(PAYMENTS + 1).toDecimalPlaces(2);
    const payments = [];
    for (let i = 0; i < PAYMENTS; i++) {
      let left = payment;
      const lines = [];
      for (const row of rows) {
        if (left.isZero()) break;
        const interest = Decimal.min(left, row.interest.minus(row.paidInterest));
        left = left.minus(interest);
        const principal = Decimal.min(left, row.principal.minus(row.paidPrincipal));
        left = left.minus(principal);
        if (interest.isZero() && principal.isZero()) continue;
        row.paidInterest = row.paidInterest.plus(interest);
        row.paidPrincipal = row.paidPrincipal.plus(principal);
        lines.push({ number: row.number, interest, principal });
      }
      outstanding = outstanding.minus(payment);
      payments.push({ payment, lines, outstanding });
    }
    return rows;
  }

  const run = name === "fold" ? fold : () => schedule(Number(name));
  return { run, interest: (rows) => rows.reduce((sum, row) => sum.plus(row.interest), zero).times(100).toNumber() };
}

function dueOn(number) {
  return new Date(Date.UTC(2026, number, 15));
}

function loanjs() {
  const { Loan } = require("loanjs");
  return { run: () => new Loan(AMOUNT, Number(name), RATE, "annuity"), interest: (loan) => Math.round(loan.interestSum * 100) };
}

function amortization() {
  const { amortizationSchedule } = require("amortization");
  return {
    run: () => amortizationSchedule(AMOUNT, Number(name) / 12, RATE),
    interest: (rows) => Math.round(rows.reduce((sum, row) => sum + row.interestPayment, 0) * 100),
  };
}

const { run, interest } = { decimal, loanjs, amortization }[library]();

function measure(milliseconds) {
  const begun = performance.now();
  let count = 0, taken;
  do {
    for (let i = 0; i < 20; i++) run();
    count += 20;
    taken = performance.now() - begun;
  } while (taken < milliseconds);
  return (count / taken) * 1000;
}

const found = interest(run());
measure(1000); // until the code is optimized
console.log(JSON.stringify({ perSecond: measure(Number(seconds) * 1000), interest: found }));
