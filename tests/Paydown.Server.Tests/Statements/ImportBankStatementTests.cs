using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Commands;
using Paydown.Server.Statements;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class ImportBankStatementTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_file_is_stored_with_its_balances_and_entries()
    {
        var lender = await server.AddOrganisationAsync();
        var file = await ImportAsync(
            lender,
            new(lender.Today, new(150.25m, Text: "Thanks"), new(-4, Text: "SMS charge"))
        );

        file.GetProperty("isRepeated").GetBoolean().ShouldBeFalse();
        var statement = file.GetProperty("statements")[0];
        statement.GetProperty("state").GetString().ShouldBe("TAKEN");
        statement.GetProperty("accountNumber").GetString().ShouldBe("0000014579");
        statement.GetProperty("openingBalance").GetDecimal().ShouldBe(1_000);
        statement.GetProperty("closingBalance").GetDecimal().ShouldBe(1_146.25m);
        statement.GetProperty("newEntryCount").GetInt32().ShouldBe(2);

        var id = statement.GetProperty("id").GetGuid();
        var entries = (await lender.Cashier.GetAsync($"admin/bank-statements/{id}/entries")).ShouldSucceed();
        entries.EnumerateArray().Select(one => one.GetProperty("amount").GetDecimal()).ShouldBe([150.25m, -4m]);
        entries[0].GetProperty("text").GetString().ShouldBe("Thanks");
        var details = (await lender.Manager.GetAsync($"admin/bank-statements/{id}")).ShouldSucceed();
        details.GetProperty("statement").GetProperty("fileName").GetString().ShouldBe("test.xml");
        (await lender.Cashier.GetAsync("admin/bank-statements")).ShouldSucceed().GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_file_adds_nothing_a_second_time_and_a_repeated_key_gets_the_first_response()
    {
        var lender = await server.AddOrganisationAsync();
        var file = new TestStatement(lender.Today, new TestEntry(10)).ToFile();
        var first = await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", file, "import-once");
        var repeat = await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", file, "import-once");
        repeat.IsReplayed.ShouldBeTrue();
        repeat.Body.ShouldBe(first.Body);

        var again = (await lender.Manager.UploadAsync("admin/bank-statements?fileName=b.xml", file)).ShouldSucceed();
        again.GetProperty("isRepeated").GetBoolean().ShouldBeTrue();
        again.GetProperty("statements")[0].GetProperty("newEntryCount").GetInt32().ShouldBe(0);
        (await EntriesAsync(lender)).ShouldBe(1);

        var other = new TestStatement(lender.Today, new TestEntry(11)).ToFile();
        (
            await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", other, "import-once")
        ).ShouldBeRefused(422, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task A_notification_is_information_because_the_statement_has_the_same_money()
    {
        var lender = await server.AddOrganisationAsync();
        var statement = new TestStatement(lender.Today, new TestEntry(30) { BankReference = "BATCH-778899" });
        var details = new TestStatement(lender.Today, new TestEntry(10), new TestEntry(20)) { IsNotification = true };
        await ImportAsync(lender, details);
        await ImportAsync(lender, statement);
        var waiting = (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed();
        waiting.EnumerateArray().Single().GetProperty("entry").GetProperty("amount").GetDecimal().ShouldBe(30);
    }

    [Fact]
    public async Task An_overlapping_file_adds_only_what_is_new_and_two_equal_entries_stay_two()
    {
        var lender = await server.AddOrganisationAsync();
        var (day, equal) = (lender.Today, new TestEntry(10, Text: "Market"));
        await ImportAsync(lender, new(day, equal, equal));
        var overlap = await ImportAsync(lender, new(day, equal, equal, equal, new TestEntry(20)));
        overlap.GetProperty("statements")[0].GetProperty("newEntryCount").GetInt32().ShouldBe(2);
        (await EntriesAsync(lender)).ShouldBe(4);
    }

    [Fact]
    public async Task A_statement_whose_balances_do_not_add_up_is_held_until_an_officer_confirms_it()
    {
        var lender = await server.AddOrganisationAsync();
        var held = (await ImportAsync(lender, new(lender.Today, new TestEntry(10)) { Error = 5 })).GetProperty(
            "statements"
        )[0];
        held.GetProperty("state").GetString().ShouldBe("HELD");
        held.GetProperty("problem").GetString().ShouldNotBeNull().ShouldContain("1015.00");
        (await EntriesAsync(lender)).ShouldBe(0);

        var id = held.GetProperty("id").GetGuid();
        var discarded = (await lender.Cashier.PutAsync($"admin/bank-statements/{id}/discard")).ShouldSucceed();
        discarded.GetProperty("state").GetString().ShouldBe("DISCARDED");
        var confirmed = (await lender.Manager.PutAsync($"admin/bank-statements/{id}/confirm")).ShouldSucceed();
        confirmed.GetProperty("state").GetString().ShouldBe("TAKEN");
        confirmed.GetProperty("newEntryCount").GetInt32().ShouldBe(1);
        (await EntriesAsync(lender)).ShouldBe(1);
        (await lender.Cashier.PutAsync($"admin/bank-statements/{id}/discard")).ShouldBeRefused(409, "STATEMENT_TAKEN");
        (await lender.Cashier.PutAsync($"admin/bank-statements/{id}/confirm")).ShouldBeRefused(409, "STATEMENT_TAKEN");
    }

    [Fact]
    public async Task A_missing_statement_is_a_gap_and_the_next_one_none()
    {
        var lender = await server.AddOrganisationAsync();
        await ImportAsync(lender, new(lender.Today.AddDays(-3), new TestEntry(10)));
        var next = await ImportAsync(lender, new(lender.Today.AddDays(-2), new TestEntry(5)) { Opening = 1_010 });
        GapOf(next).ValueKind.ShouldBe(JsonValueKind.Null);
        var later = await ImportAsync(lender, new(lender.Today, new TestEntry(5)) { Opening = 1_100 });
        GapOf(later).GetDecimal().ShouldBe(85);

        static JsonElement GapOf(JsonElement file) => file.GetProperty("statements")[0].GetProperty("gap");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_changes_nothing_and_the_refusal_says_where()
    {
        var lender = await server.AddOrganisationAsync();
        var whole = Encoding.UTF8.GetString(new TestStatement(lender.Today, new(10), new(20)).ToFile());
        var cut = Encoding.UTF8.GetBytes(whole[..^100]);
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=cut.xml", cut)).ShouldBeRefused(
            422,
            "BANK_STATEMENT_UNREADABLE"
        );
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=none.xml", [])).ShouldBeRefused(
            422,
            "BANK_STATEMENT_UNREADABLE"
        );
        (await EntriesAsync(lender)).ShouldBe(0);
        (
            await server.ScalarAsync<long>("select count(*) from statement_file where organisation_id = $1", lender.Id)
        ).ShouldBe(0);
    }

    [Fact]
    public async Task A_statement_of_an_unknown_account_is_refused_by_name()
    {
        var lender = await server.AddOrganisationAsync();
        var file = new TestStatement(lender.Today, new TestEntry(10))
        {
            Account = "DE89370400440532013000",
            Currency = "EUR",
        };
        var refused = await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", file.ToFile());
        refused.ShouldBeRefused(422, "COLLECTION_ACCOUNT_UNKNOWN").Body.ShouldContain("DE89370400440532013000");
    }

    [Fact]
    public async Task A_file_beyond_the_limit_and_a_form_are_refused()
    {
        var lender = server.Lender;
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a", new byte[32 * 1024 * 1024 + 1]))
            .ShouldBeRefused(413, "PAYLOAD_TOO_LARGE")
            .Body.ShouldContain("32 MiB");
        var form = await lender.Cashier.UploadAsync(
            "admin/bank-statements?fileName=a",
            new TestStatement(lender.Today, new TestEntry(10)).ToFile(),
            contentType: "multipart/form-data"
        );
        form.ShouldBeRefused(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task Two_servers_that_import_the_same_file_at_once_store_its_entries_once()
    {
        var lender = await server.AddOrganisationAsync();
        await using var second = await server.StartSecondAsync();
        var file = new TestStatement(
            lender.Today,
            [.. Enumerable.Range(1, 200).Select(i => new TestEntry(i))]
        ).ToFile();
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    (i % 2 == 0 ? lender.Cashier : lender.Manager.On(second)).UploadAsync(
                        "admin/bank-statements?fileName=a.xml",
                        file
                    )
                )
        );
        replies.Select(reply => reply.Status).ShouldAllBe(status => status == 200);
        replies.Count(reply => !reply.Data.GetProperty("isRepeated").GetBoolean()).ShouldBe(1);
        (await EntriesAsync(lender)).ShouldBe(200);
    }

    [Fact]
    public async Task Statements_of_another_lender_look_like_ones_that_do_not_exist()
    {
        var lender = await server.AddOrganisationAsync();
        var file = await ImportAsync(lender, new(lender.Today, new TestEntry(10)));
        var path = $"admin/bank-statements/{file.GetProperty("statements")[0].GetProperty("id").GetGuid()}";
        var stranger = server.OtherLender.Manager;
        (await stranger.GetAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
        (await stranger.GetAsync($"{path}/entries")).ShouldBeRefused(404, "NOT_FOUND");
        (await stranger.PutAsync($"{path}/confirm")).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task What_an_import_leaves_is_matched_by_a_worker()
    {
        var lender = await server.AddOrganisationAsync();
        const int left = 150;
        var entries = Enumerable.Range(1, ImportBankStatement.MatchedMax + left).Select(i => new TestEntry(i));
        await ImportAsync(lender, new(lender.Today, [.. entries]));
        (await WaitingAsync()).ShouldBe(left);
        using var worker = new StatementWorker(
            server.Database,
            server.Services.GetRequiredService<EntryMatching>(),
            TimeProvider.System,
            NullLogger<StatementWorker>.Instance
        );
        (await worker.RunOnceAsync(default)).ShouldBeGreaterThanOrEqualTo(left);
        (await WaitingAsync()).ShouldBe(0);
        await server.ShouldAuditCleanAsync();

        Task<long> WaitingAsync() =>
            server.ScalarAsync<long>(
                "select count(*) from entry_standing where organisation_id = $1 and state = 'WAITING'",
                lender.Id
            );
    }

    [Fact]
    public async Task The_command_stores_a_file_once_says_what_is_new_and_lets_the_rules_decide()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        await using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "day.xml");
        var statement = new TestStatement(lender.Today, new TestEntry(40, loan.Reference), new TestEntry(7));
        await File.WriteAllBytesAsync(file, statement.ToFile());
        var cut = Path.Combine(folder.Path, "cut.xml");
        await File.WriteAllBytesAsync(cut, new TestStatement(lender.Today, new TestEntry(8)).ToFile()[..^50]);

        var first = await ImportByCommandAsync(lender, file);
        first.Output.ShouldContain("day.xml: new entries: 2 of 2");
        first.Output.ShouldContain("decided about: 2");
        var again = await ImportByCommandAsync(lender, file);
        again.Output.ShouldContain("imported before");
        again.Output.ShouldNotContain("decided about");
        (first.ExitCode, again.ExitCode).ShouldBe((0, 0));
        var broken = await ImportByCommandAsync(lender, cut);
        broken.ExitCode.ShouldBe(2);
        broken.Error.ShouldContain("cut.xml");

        var waiting = (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed();
        waiting.EnumerateArray().Single().GetProperty("entry").GetProperty("amount").GetDecimal().ShouldBe(7);
        await server.ShouldAuditCleanAsync();
    }

    private async Task<(int ExitCode, string Output, string Error)> ImportByCommandAsync(
        TestOrganisation lender,
        string file
    )
    {
        using StringWriter output = new(),
            error = new();
        string[] arguments =
        [
            "import-statement",
            file,
            "--database",
            server.ConnectionString,
            "--organisation",
            $"{lender.Id}",
        ];
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static async Task<JsonElement> ImportAsync(TestOrganisation lender, TestStatement statement) =>
        (
            await lender.Cashier.UploadAsync("admin/bank-statements?fileName=test.xml", statement.ToFile())
        ).ShouldSucceed();

    private Task<long> EntriesAsync(TestOrganisation lender) =>
        server.ScalarAsync<long>("select count(*) from statement_entry where organisation_id = $1", lender.Id);
}
