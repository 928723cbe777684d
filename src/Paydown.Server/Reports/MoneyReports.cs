using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Accounting;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>The reports of what moved in a period, each from the journal: cash, disbursements and income.</summary>
internal static class MoneyReports
{
    public static Report CashReceived { get; } =
        new()
        {
            Name = "cash-received",
            Definition =
                "Verified money by value date and method: what COLLECTION_ACCOUNT was debited (positive) and "
                + "credited (negative). A reversal is negative on the day of the reversal, not on that of the "
                + "payment. A payment out of a wallet is received and taken out of fromWallets, since no money "
                + "arrived at the bank. So is a payment to a collector, until the collector remits it.",
            Parameters = ReportParameters.Period | ReportParameters.Product,
            IsForCashiers = true,
            Columns =
            [
                ReportColumn.Date("date", "The value date, or the day of the reversal."),
                ReportColumn.Text("method", "The payment method; DOWN_PAYMENT at the payout; OTHER for no payment."),
                ReportColumn.Count("payments", "Payments that were verified or collected."),
                ReportColumn.Amount("received", "Their sum."),
                ReportColumn.Amount("reversed", "Payments that were reversed, negative."),
                ReportColumn.Amount("refunded", "Refunds and chargebacks, negative; positive if undone."),
                ReportColumn.Amount("fromWallets", "The part that wallets paid, negative; positive if returned."),
                ReportColumn.Amount("atCollectors", "The part that collectors took, negative; positive if remitted."),
                ReportColumn.Amount("other", "All else, such as bank charges and unidentified money."),
                ReportColumn.Amount("net", "The sum: what moved the account."),
            ],
            Rows = CashRowsAsync,
            Ties = CashTiesAsync,
        };

    public static Report Disbursements { get; } =
        new()
        {
            Name = "disbursements",
            Definition =
                "Loans paid out, by value date and product. Gross is the principal that customers owe from then "
                + "on. Fees kept are deducted from it; the rest went to the wallet, or elsewhere for a loan that "
                + "was taken over. A payout that was undone is negative on the day of the undoing.",
            Parameters = ReportParameters.Period | ReportParameters.Product,
            Columns =
            [
                ReportColumn.Date("date", "The value date."),
                ReportColumn.Text("product", "The product."),
                ReportColumn.Count("payouts", "Payouts less those undone."),
                ReportColumn.Amount("gross", "Principal paid out."),
                ReportColumn.Amount("feesKept", "Fees deducted from it."),
                ReportColumn.Amount("toWallet", "What the customers' wallets received, after the fees."),
                ReportColumn.Amount("elsewhere", "What went elsewhere."),
            ],
            Rows = DisbursementRowsAsync,
            Ties = DisbursementTiesAsync,
        };

    public static Report Income { get; } =
        new()
        {
            Name = "income",
            Definition =
                "Income by account of the ledger and effective date, positive. Accrued is what was recognised, "
                + "less what was taken back. Received is what customers or the bank paid of it: a payment of what "
                + "was recognised earlier is received now. What was written off or given as goodwill was not "
                + "received.",
            Parameters = ReportParameters.Period,
            Columns =
            [
                ReportColumn.Number("number", "The number of the account."),
                ReportColumn.Text("account", "The account of the ledger."),
                ReportColumn.Amount("accrued", "Income recognised."),
                ReportColumn.Amount("received", "Income paid."),
            ],
            Rows = IncomeRowsAsync,
            Ties = IncomeTiesAsync,
        };

    private const string Period = """
        e.organisation_id = $1 and e.effective_on >= $2 and e.effective_on <= $3 and e.currency_code = $4
            and e.recorded_at < $5
        """;

    private const string Cash = $"""
        with moved as (
          select e.effective_on, e.kind::text as kind,
                 e.amounts[array_position(e.ledger_accounts, 1020::smallint)] as amount,
                 case when r.id is not null then r.method::text
                      when e.kind in ('DOWN_PAYMENT_COLLECTED', 'REPAYMENT_REVERSED', 'REPAID_FROM_WALLET',
                                      'RETURNED_TO_WALLET') then 'DOWN_PAYMENT'
                      else 'OTHER' end as method
          from journal_entry e
          left join repayment r on r.customer_id = e.customer_id and r.id = e.subject_id
          left join loan_account l on l.customer_id = e.customer_id and l.id = coalesce(e.account_id, r.account_id)
          where {Period} and 1020 = any (e.ledger_accounts) and ($6::text is null or l.product_name = $6))
        select effective_on, method,
               count(*) filter (where kind in ('REPAYMENT_VERIFIED', 'MONEY_RECOVERED', 'DOWN_PAYMENT_COLLECTED'))
                 as payments,
               sum(amount) filter (where kind in ('REPAYMENT_VERIFIED', 'MONEY_RECOVERED',
                                                  'DOWN_PAYMENT_COLLECTED'))::bigint as received,
               sum(amount) filter (where kind = 'REPAYMENT_REVERSED')::bigint as reversed,
               sum(amount) filter (where kind in ('OVERPAYMENT_REFUNDED', 'PAYMENT_CHARGED_BACK',
                                                  'EVENT_REVERSED'))::bigint as refunded,
               sum(amount) filter (where kind in ('REPAID_FROM_WALLET', 'RETURNED_TO_WALLET', 'REFUNDED_TO_WALLET',
                                                  'REFUND_TAKEN_BACK'))::bigint as from_wallets,
               sum(amount) filter (where kind in ('COLLECTOR_COLLECTED', 'COLLECTION_TAKEN_BACK',
                                                  'COLLECTOR_REMITTED'))::bigint as at_collectors,
               sum(amount)::bigint as net
        from moved group by effective_on, method order by effective_on, method
        """;

    // Fees and the wallet's entry name the payout as their subject.
    private const string PaidOut = $"""
        select e.effective_on, l.product_name,
               sum(case when e.kind = 'LOAN_DISBURSED' then 1 else -1 end) as payouts,
               sum(-e.amounts[array_position(e.ledger_accounts, 1010::smallint)])::bigint as gross,
               coalesce(sum(w.fees), 0)::bigint as fees, coalesce(sum(w.wallet), 0)::bigint as wallet
        from journal_entry e
        join loan_account l on l.customer_id = e.customer_id and l.id = e.account_id
        left join lateral (
          select -sum(x.amounts[array_position(x.ledger_accounts, 4020::smallint)])
                   filter (where x.kind in ('DISBURSEMENT_FEE_DEDUCTED', 'DISBURSEMENT_FEES_RETURNED')) as fees,
                 -sum(x.amounts[array_position(x.ledger_accounts, 2020::smallint)]) as wallet
          from journal_entry x
          where x.customer_id = e.customer_id and x.subject_id = e.subject_id and x.recorded_at < $5
            and x.kind = any (case when e.kind = 'LOAN_DISBURSED'
                              then '{"{DISBURSED_TO_WALLET,DISBURSEMENT_FEE_DEDUCTED}"}'
                              else '{"{DISBURSEMENT_TAKEN_BACK,DISBURSEMENT_FEES_RETURNED}"}'
                              end::journal_entry_kind[])) w on true
        where {Period} and e.kind in ('LOAN_DISBURSED', 'EVENT_REVERSED') and 1010 = any (e.ledger_accounts)
          and ($6::text is null or l.product_name = $6)
        group by e.effective_on, l.product_name order by e.effective_on, l.product_name
        """;

    private const string PrincipalPaidOut = $"""
        select coalesce(sum(-e.amounts[array_position(e.ledger_accounts, 1010::smallint)]), 0)::bigint as gross,
               coalesce(sum(-e.amounts[array_position(e.ledger_accounts, 4020::smallint)])
                          filter (where e.kind in ('DISBURSEMENT_FEE_DEDUCTED', 'DISBURSEMENT_FEES_RETURNED')),
                        0)::bigint as fees
        from journal_entry e
        where {Period} and (e.ledger_accounts @> '{"{1010,1110}"}'::smallint[]
                            or e.kind in ('DISBURSEMENT_FEE_DEDUCTED', 'DISBURSEMENT_FEES_RETURNED'))
        """;

    // Recognised: credits of the income. Received: what left the receivable or reached the income without the other,
    // unless an expense took it.
    private const string Earned = $"""
        select p.income, -sum(m.income)::bigint as accrued,
               coalesce(-sum(m.income + m.receivable) filter (where not m.is_lost), 0)::bigint as received
        from unnest($6::smallint[], $7::smallint[]) as p (income, receivable)
        join lateral (
          select coalesce(e.amounts[array_position(e.ledger_accounts, p.income)], 0) as income,
                 coalesce(e.amounts[array_position(e.ledger_accounts, p.receivable)], 0) as receivable,
                 e.ledger_accounts && '{"{5010,5020}"}'::smallint[] as is_lost
          from journal_entry e
          where {Period} and e.ledger_accounts && array[p.income, p.receivable]) m on true
        group by p.income order by p.income
        """;

    private static IAsyncEnumerable<object?[]> CashRowsAsync(ReportReading reading) =>
        reading.ReadAsync(
            Cash,
            [.. OfPeriod(reading), Sql.Value(reading.Request.Product, NpgsqlDbType.Text)],
            row =>
            {
                var (received, reversed) = (Sum(row, "received"), Sum(row, "reversed"));
                var (refunded, wallets, net) = (Sum(row, "refunded"), Sum(row, "from_wallets"), Sum(row, "net"));
                var collectors = Sum(row, "at_collectors");
                return new object?[]
                {
                    row.Date("effective_on"),
                    row.Text("method"),
                    row.Long("payments"),
                    reading.Money(received),
                    reading.Money(reversed),
                    reading.Money(refunded),
                    reading.Money(wallets),
                    reading.Money(collectors),
                    reading.Money(net - received - reversed - refunded - wallets - collectors),
                    reading.Money(net),
                };
            }
        );

    private static async Task<IReadOnlyList<ReportTie>> CashTiesAsync(ReportReading reading, ReportTotals totals)
    {
        if (reading.Request.Product is not null)
            return [];
        var ledger = await LedgerReports.BalanceAsync(reading, LedgerAccount.CollectionAccount);
        return [new("Net and what moved COLLECTION_ACCOUNT", totals["net"], ledger.Debits - ledger.Credits)];
    }

    private static IAsyncEnumerable<object?[]> DisbursementRowsAsync(ReportReading reading) =>
        reading.ReadAsync(
            PaidOut,
            [.. OfPeriod(reading), Sql.Value(reading.Request.Product, NpgsqlDbType.Text)],
            row =>
            {
                var (gross, fees, wallet) = (row.Long("gross"), row.Long("fees"), row.Long("wallet"));
                return new object?[]
                {
                    row.Date("effective_on"),
                    row.Text("product_name"),
                    row.Long("payouts"),
                    reading.Money(gross),
                    reading.Money(fees),
                    reading.Money(wallet),
                    reading.Money(gross - fees - wallet),
                };
            }
        );

    private static async Task<IReadOnlyList<ReportTie>> DisbursementTiesAsync(
        ReportReading reading,
        ReportTotals totals
    )
    {
        var ties = new List<ReportTie>();
        if (reading.Request.Product is not null)
            return ties;
        await foreach (
            var (gross, fees) in reading.ReadAsync(
                PrincipalPaidOut,
                OfPeriod(reading),
                row => (row.Long("gross"), row.Long("fees"))
            )
        )
        {
            ties.Add(new("Gross and LOAN_PRINCIPAL out of FUNDING_ACCOUNT", totals["gross"], reading.Money(gross)));
            ties.Add(new("Fees kept and FEE_INCOME out of payouts", totals["feesKept"], reading.Money(fees)));
        }

        return ties;
    }

    private static IAsyncEnumerable<object?[]> IncomeRowsAsync(ReportReading reading)
    {
        var accounts = IncomeAccounts().ToList();
        return reading.ReadAsync(
            Earned,
            [
                .. OfPeriod(reading),
                Sql.Value(accounts.ConvertAll(account => (short)account).ToArray()),
                Sql.Value(accounts.ConvertAll(ReceivableOf).ToArray()),
            ],
            row =>
            {
                var account = (LedgerAccount)row.Get<short>("income");
                return new object?[]
                {
                    (long)account,
                    Words.Write(account),
                    row.Money("accrued", reading.Currency),
                    row.Money("received", reading.Currency),
                };
            }
        );
    }

    private static async Task<IReadOnlyList<ReportTie>> IncomeTiesAsync(ReportReading reading, ReportTotals totals)
    {
        var earned = reading.Money(0);
        await foreach (var balance in LedgerReports.BalancesAsync(reading))
            if (ChartOfAccounts.ClassOf(balance.Account) == AccountClass.Income)
                earned += balance.Credits - balance.Debits;
        return [new("Accrued and what moved the accounts of income", totals["accrued"], earned)];
    }

    private static IEnumerable<LedgerAccount> IncomeAccounts() =>
        Enum.GetValues<LedgerAccount>().Where(account => ChartOfAccounts.ClassOf(account) == AccountClass.Income);

    // Where income waits for its payment; 0 for income that is received when it is recognised.
    private static short ReceivableOf(LedgerAccount income) =>
        income switch
        {
            LedgerAccount.InterestIncome => (short)LedgerAccount.InterestReceivable,
            LedgerAccount.FeeIncome => (short)LedgerAccount.FeesReceivable,
            LedgerAccount.PenaltyIncome => (short)LedgerAccount.PenaltiesReceivable,
            _ => 0,
        };

    internal static NpgsqlParameter[] OfPeriod(ReportReading reading) =>
        [
            Sql.Value(reading.OrganisationId),
            Sql.Value(reading.Request.From),
            Sql.Value(reading.Request.To),
            Sql.Value(reading.Currency.Code),
            Sql.Value(reading.Request.RecordedBefore),
        ];

    private static long Sum(NpgsqlDataReader row, string column) => row.LongOrNull(column) ?? 0;
}
