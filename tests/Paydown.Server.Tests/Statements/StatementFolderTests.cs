using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Organisations;
using Paydown.Server.Statements;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class StatementFolderTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private static int accounts;

    private readonly ScratchFolder scratch = new();
    private readonly TestClock clock = new();

    private string Folder => scratch.Path;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => scratch.DisposeAsync();

    [Fact]
    public async Task A_complete_file_is_imported_for_the_lender_of_its_account_and_moved()
    {
        var (lender, account) = await LenderAsync();
        await WriteAsync("day.xml", StatementOf(lender, account, 10));
        var worker = Worker();
        (await worker.RunOnceAsync(default)).ShouldBe(0);
        clock.Advance(StatementFolder.UnchangedMin);
        (await worker.RunOnceAsync(default)).ShouldBe(1);

        Names().ShouldBe(["imported/day.xml"]);
        var listed = (await lender.Cashier.GetAsync("admin/bank-statements")).ShouldSucceed();
        listed[0].GetProperty("fileName").GetString().ShouldBe("day.xml");
        listed[0].GetProperty("newEntryCount").GetInt32().ShouldBe(1);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_file_that_still_grows_is_left_alone()
    {
        var (lender, account) = await LenderAsync();
        var whole = StatementOf(lender, account, 10);
        await WriteAsync("day.xml", whole[..200]);
        var worker = Worker();
        await worker.RunOnceAsync(default);
        clock.Advance(StatementFolder.UnchangedMin);
        await WriteAsync("day.xml", whole);
        (await worker.RunOnceAsync(default)).ShouldBe(0);
        Names().ShouldBe(["day.xml"]);
        clock.Advance(StatementFolder.UnchangedMin);
        (await worker.RunOnceAsync(default)).ShouldBe(1);
        Names().ShouldBe(["imported/day.xml"]);
    }

    [Fact]
    public async Task A_file_that_was_imported_but_not_moved_adds_nothing_twice()
    {
        var (lender, account) = await LenderAsync();
        var file = StatementOf(lender, account, 10);
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=day.xml", file)).ShouldSucceed();
        await WriteAsync("imported/day.xml", [1]);
        await WriteAsync("day.xml", file);
        (await TakeAsync()).ShouldBe(1);
        Names().ShouldBe(["imported/day.xml", "imported/day.xml.2"]);
        (await EntriesAsync(lender)).ShouldBe(1);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Two_workers_on_one_folder_import_each_file_once()
    {
        var (lender, account) = await LenderAsync();
        const int files = 6;
        for (var i = 1; i <= files; i++)
            await WriteAsync($"{i}.xml", StatementOf(lender, account, i));
        var workers = new[] { Worker(), Worker() };
        foreach (var worker in workers)
            await worker.RunOnceAsync(default);
        clock.Advance(StatementFolder.UnchangedMin);
        await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunOnceAsync(default))));
        foreach (var worker in workers)
            await worker.RunOnceAsync(default);
        Names().ShouldBe(Enumerable.Range(1, files).Select(i => $"imported/{i}.xml"));
        (await EntriesAsync(lender)).ShouldBe(files);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_file_that_cannot_be_imported_is_rejected_with_the_reason_beside_it()
    {
        var (lender, account) = await LenderAsync();
        var (other, _) = await LenderAsync();
        await AddAccountAsync(other, "7770001112");
        await AddAccountAsync(lender, "7770001112");
        await WriteAsync("cut.xml", StatementOf(lender, account, 10)[..^60]);
        await WriteAsync("empty.xml", []);
        await WriteAsync("none.csv", "Date;Text;Amount\r\n2026-01-31;A;10.00\r\n"u8.ToArray());
        await WriteAsync("twice.xml", StatementOf(lender, "7770001112", 10));
        await WriteAsync("unknown.xml", StatementOf(lender, "99988877766", 10));
        (await TakeAsync()).ShouldBe(5);

        (await ReasonOfAsync("cut.xml")).ShouldContain("ends");
        (await ReasonOfAsync("empty.xml")).ShouldContain("empty");
        (await ReasonOfAsync("none.csv")).ShouldContain("account and currency");
        (await ReasonOfAsync("twice.xml")).ShouldContain("More than one organisation");
        (await ReasonOfAsync("unknown.xml")).ShouldContain("99988877766");
        Names().Count(name => name.StartsWith("rejected/", StringComparison.Ordinal)).ShouldBe(10);
        (await EntriesAsync(lender) + await EntriesAsync(other)).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_must_be_confirmed_is_imported_and_a_note_says_so()
    {
        var (lender, account) = await LenderAsync();
        var statement = new TestStatement(lender.Today, new TestEntry(10)) { Account = account, Error = 5 };
        await WriteAsync("held.xml", statement.ToFile());
        (await TakeAsync()).ShouldBe(1);
        Names().ShouldBe(["imported/held.xml", "imported/held.xml.held.txt"]);
        var held = (await lender.Cashier.GetAsync("admin/bank-statements?state=HELD")).ShouldSucceed()[0];
        var note = await File.ReadAllTextAsync(Path.Combine(Folder, "imported/held.xml.held.txt"));
        note.ShouldContain($"admin/bank-statements/{held.GetProperty("id").GetGuid()}/confirm");
        note.ShouldContain("1015.00");
    }

    [Fact]
    public async Task Links_folders_and_files_that_are_still_transferred_are_ignored()
    {
        var (lender, account) = await LenderAsync();
        var file = StatementOf(lender, account, 10);
        await WriteAsync("below/day.xml", file);
        await WriteAsync(".day.xml", file);
        await WriteAsync("day.xml.part", file);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.xml"), Path.Combine(Folder, "below/day.xml"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "linked"), Path.Combine(Folder, "below"));
        (await TakeAsync()).ShouldBe(0);
        Directory.Exists(Path.Combine(Folder, "imported")).ShouldBeFalse();
        (await EntriesAsync(lender)).ShouldBe(0);
    }

    [Fact]
    public async Task A_csv_file_that_states_its_account_is_read_by_the_profile_of_the_account()
    {
        var (lender, account) = (await server.AddOrganisationAsync(), NextAccount());
        await AddAccountAsync(
            lender,
            account,
            """{"name":"Ours","columns":{"bookedOn":"Date","amount":"Amount","text":"Remarks"}}"""
        );
        var rows = $"Date;Text;Remarks;Amount\r\n{lender.Today:yyyy-MM-dd};Transfer;Rent;1000.50\r\n";
        var csv = $"Account number;{account}\r\nCurrency;NGN\r\n\r\n{rows}";
        await WriteAsync("bank.csv", System.Text.Encoding.UTF8.GetBytes(csv));
        (await TakeAsync()).ShouldBe(1);
        Names().ShouldBe(["imported/bank.csv"]);
        var waiting = (await lender.Cashier.GetAsync("admin/bank-statements")).ShouldSucceed()[0];
        var entries = await lender.Cashier.GetAsync(
            $"admin/bank-statements/{waiting.GetProperty("id").GetGuid()}/entries"
        );
        entries.ShouldSucceed()[0].GetProperty("text").GetString().ShouldBe("Rent");
    }

    private StatementFolderWorker Worker() =>
        new(
            server.Database,
            server.Services.GetRequiredService<OrganisationDirectory>(),
            server.Services.GetRequiredService<StatementImport>(),
            new() { Path = Folder },
            clock,
            NullLogger<StatementFolderWorker>.Instance
        );

    private async Task<int> TakeAsync()
    {
        using var worker = Worker();
        await worker.RunOnceAsync(default);
        clock.Advance(StatementFolder.UnchangedMin);
        return await worker.RunOnceAsync(default);
    }

    private async Task<(TestOrganisation Lender, string Account)> LenderAsync()
    {
        var (lender, account) = (await server.AddOrganisationAsync(), NextAccount());
        await AddAccountAsync(lender, account);
        return (lender, account);
    }

    // Test organisations share the number of their first account.
    private static string NextAccount() => $"55{Interlocked.Increment(ref accounts):D10}";

    private static async Task AddAccountAsync(TestOrganisation lender, string number, string? csvProfile = null) =>
        (
            await lender.Manager.PostAsync(
                "admin/collection-accounts",
                new
                {
                    name = "Folder",
                    accountNumber = number,
                    currencyCode = "NGN",
                    ledgerAccount = "COLLECTION_ACCOUNT",
                    csvProfile,
                }
            )
        ).ShouldSucceed();

    private static byte[] StatementOf(TestOrganisation lender, string account, decimal amount) =>
        new TestStatement(lender.Today, new TestEntry(amount) { BankReference = $"B-{amount}" })
        {
            Account = account,
        }.ToFile();

    private async Task WriteAsync(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content);
    }

    private Task<string> ReasonOfAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(Folder, "rejected", name + ".reason.txt"));

    private IReadOnlyList<string> Names() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Folder, path))
                .Order(StringComparer.Ordinal),
        ];

    private Task<long> EntriesAsync(TestOrganisation lender) =>
        server.ScalarAsync<long>("select count(*) from statement_entry where organisation_id = $1", lender.Id);
}
