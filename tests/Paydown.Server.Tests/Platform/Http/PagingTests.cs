using System.Text.Json;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>The guarantees of <see cref="Paging"/> for every list, over HTTP and during writes.</summary>
public sealed class PagingTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestUser manager = null!;

    public async ValueTask InitializeAsync() => manager = await server.Lender.AddUserAsync(Role.Manager);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_report_between_two_pages_repeats_no_record()
    {
        var borrower = await Borrower.CreateAsync(server);
        for (var i = 1; i <= 9; i++)
            (await borrower.ReportAsync(i)).ShouldSucceed();
        var path = $"user/list-customer-repayments/{borrower.Customer.UserId}";
        var first = await borrower.Customer.GetAsync($"{path}?page=1&size=3");
        (await borrower.ReportAsync(10)).ShouldSucceed();
        var rest = await WalkAsync(borrower.Customer, $"{path}?size=3", NextOf(first));

        Amounts(first).ShouldBe([9m, 8m, 7m]);
        rest.SelectMany(Amounts).ShouldBe([6m, 5m, 4m, 3m, 2m, 1m]);
        rest[^1]
            .Json.GetProperty("page")
            .GetRawText()
            .ShouldBe("""{"page":3,"size":3,"total":9,"totalIsExact":true}""");
    }

    [Fact]
    public async Task Verifying_a_page_before_reading_the_next_skips_no_report()
    {
        var borrower = await Borrower.CreateAsync(server);
        for (var i = 1; i <= 13; i++)
            (await borrower.ReportAsync(i)).ShouldSucceed();
        var path =
            $"admin/repayments/list?loanApplicationId={borrower.Loan.ApplicationId}"
            + "&status=PENDING_VERIFICATION&size=3";
        var seen = new List<decimal>();
        for (string? after = ""; after is not null; )
        {
            var page = await manager.GetAsync(after.Length == 0 ? path : $"{path}&after={after}");
            foreach (var one in page.ShouldSucceed().EnumerateArray())
            {
                seen.Add(one.GetProperty("repaymentAmount").GetDecimal());
                (
                    await manager.PutAsync(
                        $"admin/repayments/{one.GetProperty("id").GetGuid()}/verify",
                        key: server.Ids.Next().ToString()
                    )
                ).ShouldSucceed();
            }

            after = NextOf(page);
        }

        seen.ShouldBe(Enumerable.Range(1, 13).Reverse().Select(i => (decimal)i));
    }

    [Fact]
    public async Task Paging_during_writes_shows_each_existing_record_once()
    {
        var borrower = await Borrower.CreateAsync(server);
        for (var i = 0; i < 40; i++)
            await server.Lender.ReportAsync(borrower.Loan, 100 + i, server.Today);
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
                (await borrower.ReportAsync(0.01m)).ShouldSucceed();
        });
        var pages = await WalkAsync(
            manager,
            $"admin/repayments/list?loanApplicationId={borrower.Loan.ApplicationId}&size=2",
            null
        );
        await end.CancelAsync();
        await writing;

        var amounts = pages.SelectMany(Amounts).Where(amount => amount > 0.01m).ToList();
        amounts.ShouldBe(Enumerable.Range(0, 40).Reverse().Select(i => (100 + i) / 100m));
        var ids = pages.SelectMany(page => page.Data.EnumerateArray()).Select(one => one.GetProperty("id").GetGuid());
        ids.Distinct().Count().ShouldBe(pages.Sum(page => page.Data.GetArrayLength()));
    }

    [Fact]
    public async Task Totals_and_page_numbers_have_a_limit()
    {
        var borrower = await Borrower.CreateAsync(server);
        await server.BackDoor.ExecuteAsync(
            """
            insert into audit_entry (organisation_id, id, actor_id, action, subject_id, detail, interaction_id,
                                     recorded_at)
            select $1, gen_random_uuid(), $2, 'TESTED', $2, '{}', 'test', now() from generate_series(1, $3)
            """,
            server.Lender.Id,
            borrower.Customer.UserId,
            Paging.TotalMax + 1
        );

        var path = $"admin/audit?actorId={borrower.Customer.UserId}&size=50";
        var pages = await WalkAsync(manager, path, null);
        pages.Sum(page => page.Data.GetArrayLength()).ShouldBe(Paging.TotalMax + 1);
        foreach (var page in pages.Select(page => page.Json.GetProperty("page")))
        {
            page.GetProperty("total").GetInt32().ShouldBe(Paging.TotalMax);
            page.GetProperty("totalIsExact").GetBoolean().ShouldBeFalse();
        }

        (await manager.GetAsync($"{path}&page={Paging.TotalMax / 50 + 1}"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBe(1);
        (await manager.GetAsync($"{path}&page=200")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await manager.GetAsync($"admin/audit?actorId={server.Ids.Next()}&page=201"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBe(0);
        (await manager.GetAsync($"{path}&page=201"))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain($"the first {Paging.ReachMax} records");
    }

    public static TheoryData<string> BrokenCursors =>
        ["x", "AQ", "%00", "null", "AQAAAAAAAAAA", new string('A', 3000), "é", "a b", "=", "../..", "'--"];

    [Theory]
    [MemberData(nameof(BrokenCursors))]
    public async Task A_broken_cursor_is_refused_by_every_list(string cursor)
    {
        var lists = Features.CreateRoutes().All.Where(route => route.Contract.PageKey is not null).ToList();
        lists.Count.ShouldBeGreaterThan(10);
        var customer = await server.Lender.AddCustomerAsync();
        var agent = await server.Lender.AddUserAsync(Role.Agent);
        foreach (var list in lists)
        {
            bool IsFor(Role role) => ((int)list.Access & (int)role) != 0;
            var caller =
                IsFor(Role.Manager) ? manager
                : IsFor(Role.Customer) ? customer
                : agent;
            var path = System.Text.RegularExpressions.Regex.Replace(
                list.Path,
                @"\{[^}]+\}",
                customer.UserId.ToString(),
                default,
                TimeSpan.FromSeconds(1)
            );
            var answer = await caller.GetAsync($"{path}?after={Uri.EscapeDataString(cursor)}");
            answer.ShouldBeRefused(400, "BAD_REQUEST").Body.ShouldContain("page.next");
        }
    }

    [Fact]
    public async Task A_cursor_works_only_for_its_list_filters_and_organisation()
    {
        var user = await server.Lender.AddUserAsync(Role.Manager);
        foreach (var name in new[] { "A", "B", "C" })
        {
            (
                await user.PostAsync(
                    "admin/api-tokens",
                    new
                    {
                        name,
                        scopes = new[] { "loans:read" },
                        expiresInDays = 1,
                    }
                )
            ).ShouldSucceed();
        }

        var next = NextOf(await user.GetAsync($"admin/audit?actorId={user.UserId}&size=1"))!;
        (await user.GetAsync($"admin/audit?actorId={user.UserId}&size=2&after={next}"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBe(2);
        (await manager.GetAsync($"admin/audit?actorId={user.UserId}&after={next}")).ShouldSucceed();
        (await user.GetAsync($"admin/audit?after={next}")).ShouldBeRefused(400, "BAD_REQUEST");
        (await user.GetAsync($"admin/audit?actorId={user.UserId}&action=LOGIN&after={next}")).ShouldBeRefused(
            400,
            "BAD_REQUEST"
        );
        (await user.GetAsync($"admin/api-tokens?after={next}")).ShouldBeRefused(400, "BAD_REQUEST");
        var stranger = await server.OtherLender.AddUserAsync(Role.Manager);
        (await stranger.GetAsync($"admin/audit?actorId={user.UserId}&after={next}")).ShouldBeRefused(
            400,
            "BAD_REQUEST"
        );
        (await user.GetAsync($"admin/audit?actorId={user.UserId}&after={next}&after={next}")).ShouldBeRefused(
            400,
            "BAD_REQUEST"
        );
    }

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        var binding = PageKey.BindingOf("list");
        object[] parts =
        [
            server.Ids.Next(),
            new DateTimeOffset(2026, 11, 26, 9, 30, 0, TimeSpan.Zero),
            new DateOnly(2026, 1, 31),
            -7,
            "é",
        ];
        PageKeyPart[] shape =
        [
            PageKeyPart.Id,
            PageKeyPart.Instant,
            PageKeyPart.Date,
            PageKeyPart.Number,
            PageKeyPart.Text,
        ];
        var cursor = new PageKey(parts).Write(binding, 3, 42, totalIsExact: false);

        var read = PageKey.Read(cursor, binding, shape).ShouldNotBeNull();
        read.Key.Components.ShouldBe(parts);
        (read.PageNumber, read.Total, read.TotalIsExact).ShouldBe((3, 42, false));
        PageKey.Read(cursor, PageKey.BindingOf("another"), shape).ShouldBeNull();
        PageKey.Read(cursor, binding, shape[..4]).ShouldBeNull();
        PageKey.Read(cursor, binding, [.. shape, PageKeyPart.Id]).ShouldBeNull();
        // A cursor with any character changed is refused, or is still a key of this shape.
        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            PageKey.Read(changed, binding, shape)?.Key.Components.Count.ShouldBe(5);
        }
    }

    private static async Task<IReadOnlyList<Reply>> WalkAsync(TestUser client, string path, string? after)
    {
        var pages = new List<Reply>();
        do
        {
            var page = await client.GetAsync(after is null ? path : $"{path}&after={after}");
            page.ShouldSucceed();
            pages.Add(page);
            after = NextOf(page);
        } while (after is not null);
        return pages;
    }

    private static string? NextOf(Reply page) =>
        page.Json.GetProperty("page").TryGetProperty("next", out var next) ? next.GetString() : null;

    private static IEnumerable<decimal> Amounts(Reply page) =>
        page.Data.EnumerateArray().Select(one => one.GetProperty("repaymentAmount").GetDecimal());
}
