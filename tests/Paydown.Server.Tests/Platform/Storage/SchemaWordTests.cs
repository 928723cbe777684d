using System.Text.RegularExpressions;
using Paydown.Lending.Accounting;
using Paydown.Lending.Applications;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Lending.Terms;
using Paydown.Server.Customers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.SignIn;
using Paydown.Server.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

/// <summary>The closed words of the schema are those of the program.</summary>
public sealed partial class SchemaWordTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Every_domain_of_words_has_the_words_of_its_enumeration()
    {
        (await WordsOfAsync("repayment_method")).ShouldBe(Words.All<PaymentMethod>(), ignoreOrder: true);
        // Arrears follow from the day on which somebody looks, so they are not stored.
        (await WordsOfAsync("loan_state")).ShouldBe(
            Words.All<LoanStatus>().Where(word => word != Words.Write(LoanStatus.InArrears)),
            ignoreOrder: true
        );
        (await WordsOfAsync("loan_event_kind")).ShouldBe(Words.All<LoanEventKind>(), ignoreOrder: true);
        (await WordsOfAsync("charge_kind")).ShouldBe(Words.All<ChargeKind>(), ignoreOrder: true);
        (await WordsOfAsync("payment_source")).ShouldBe(Words.All<PaymentSource>(), ignoreOrder: true);
        (await WordsOfAsync("future_rule")).ShouldBe(Words.All<FutureRule>(), ignoreOrder: true);
        (await WordsOfAsync("decision_kind")).ShouldBe(Words.All<DecisionKind>(), ignoreOrder: true);
        (await WordsOfAsync("revocation_cause")).ShouldBe(Words.All<RevocationCause>(), ignoreOrder: true);
        (await WordsOfAsync("blacklist_kind")).ShouldBe(Words.All<BlacklistKind>(), ignoreOrder: true);
        (await WordsOfAsync("token_purpose")).ShouldBe(Words.All<TokenPurpose>(), ignoreOrder: true);
        (await WordsOfAsync("notice_kind")).ShouldBe(Words.All<NoticeKind>(), ignoreOrder: true);
        (await WordsOfAsync("statement_state")).ShouldBe(Words.All<StatementState>(), ignoreOrder: true);
        (await WordsOfAsync("balance_check")).ShouldBe(Words.All<BalanceCheck>(), ignoreOrder: true);
        (await WordsOfAsync("bank_entry_status")).ShouldBe(Words.All<EntryStatus>(), ignoreOrder: true);
        (await WordsOfAsync("entry_state")).ShouldBe(Words.All<EntryState>(), ignoreOrder: true);
        (await WordsOfAsync("accrual_posting")).ShouldBe(Words.All<AccrualPosting>(), ignoreOrder: true);
        (await WordsOfAsync("notice_state")).ShouldBe(Words.All<NoticeState>(), ignoreOrder: true);
    }

    [Fact]
    public async Task The_kinds_of_journal_entries_are_those_of_the_program() =>
        (await ReadAsync("select unnest(enum_range(null::journal_entry_kind))::text")).ShouldBe(
            Words.All<JournalEntryKind>(),
            ignoreOrder: true
        );

    [Fact]
    public async Task The_types_of_events_are_those_of_the_program() =>
        (await ReadAsync("select unnest(enum_range(null::event_type))::text")).ShouldBe(
            Words.All<EventType>(),
            ignoreOrder: true
        );

    [Fact]
    public async Task The_chart_of_accounts_is_that_of_the_program() =>
        (await ReadAsync("select number || ' ' || name from ledger_account")).ShouldBe(
            Enum.GetValues<LedgerAccount>().Select(account => $"{(short)account} {Words.Write(account)}"),
            ignoreOrder: true
        );

    [Fact]
    public async Task A_kind_is_booked_once_in_the_schema_if_it_is_in_the_program()
    {
        var repeated = (await ReadAsync("select pg_get_indexdef('journal_entry_once'::regclass)"))
            .SelectMany(definition => Word().Matches(definition))
            .Select(word => word.Groups[1].Value);
        repeated.ShouldBe(
            Enum.GetValues<JournalEntryKind>().Where(kind => !kind.IsBookedOnce()).Select(Words.Write),
            ignoreOrder: true
        );
    }

    private async Task<IReadOnlyList<string>> WordsOfAsync(string domain)
    {
        var check = await ReadAsync(
            $"select pg_get_constraintdef(oid) from pg_constraint where contypid = '{domain}'::regtype"
        );
        return [.. Word().Matches(check.ShouldHaveSingleItem()).Select(word => word.Groups[1].Value)];
    }

    private async Task<List<string>> ReadAsync(string sql)
    {
        var texts = new List<string>();
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            texts.Add(reader.GetString(0));
        return texts;
    }

    [GeneratedRegex("'([A-Z_]+)'::")]
    private static partial Regex Word();
}
