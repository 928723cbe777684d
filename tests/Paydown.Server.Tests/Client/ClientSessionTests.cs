using System.Net;
using Paydown.Client;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;
using ServerCaller = Paydown.Server.Platform.Identity.Caller;

namespace Paydown.Server.Tests.Client;

public sealed class ClientSessionTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly ManualTime time = new(TimeProvider.System.GetUtcNow());
    private readonly List<PaydownSession?> received = [];
    private readonly Line line = new();
    private PaydownClient client = null!;

    public async ValueTask InitializeAsync()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);
        client = new(
            new HttpClient(line),
            ClientSetting.Options with
            {
                Address = server.Address,
                Time = time,
                SessionChanged = session => received.Add(session),
            }
        );
        await client.SignIn.SignInAsync(DemoPeople.Customer.Email, DemoPeople.Password);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        line.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Concurrent_calls_share_one_refresh_before_the_token_expires()
    {
        var first = client.SignIn.Session!;
        await ReadAsync();
        Refreshes().ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(59.5));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync()));

        Refreshes().ShouldBe(1);
        var second = client.SignIn.Session!;
        (second.AccessToken, second.RefreshToken).ShouldNotBe((first.AccessToken, first.RefreshToken));
        received.ShouldBe([first, second]);
        second.ToString().ShouldNotContain(second.AccessToken);
    }

    [Fact]
    public async Task A_token_the_server_refuses_is_renewed_once()
    {
        var caller = new ServerCaller(
            DemoPeople.Customer.Id,
            DemoPeople.OrganisationId,
            Role.Customer,
            server.Ids.Next<SessionId>()
        );
        client.SignIn.Resume(
            client.SignIn.Session! with
            {
                AccessToken = server.ExpiredTokenOf(caller),
                AccessEndsAt = null,
            }
        );

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReadAsync()));
        (await client.Repayments.ListAsync(DemoPeople.Customer.Id.Value).ToListAsync()).ShouldNotBeEmpty();

        Refreshes().ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_refresh_token_the_refusal_is_thrown()
    {
        client.SignIn.Resume(new PaydownSession { AccessToken = "nonsense" });

        var refused = await Should.ThrowAsync<PaydownRefusedException>(ReadAsync);

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Unauthorized, "AUTH_REQUIRED"));
        Refreshes().ShouldBe(0);
    }

    [Fact]
    public async Task A_refresh_whose_response_is_lost_is_not_repeated()
    {
        time.Advance(TimeSpan.FromMinutes(59.5));
        line.Break = async (_, send, _) =>
        {
            using var answer = await send();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        };

        await Should.ThrowAsync<PaydownUnreachableException>(ReadAsync);

        Refreshes().ShouldBe(1);
        line.Break = null;
        // The token is spent. The server revokes the session, and the client drops it.
        await Should.ThrowAsync<PaydownRefusedException>(ReadAsync);
        client.SignIn.Session.ShouldBeNull();
        received[^1].ShouldBeNull();
    }

    [Fact]
    public async Task After_signing_out_both_tokens_are_refused()
    {
        var ended = client.SignIn.Session!;
        await client.SignIn.SignOutAsync();

        client.SignIn.Session.ShouldBeNull();
        await Should.ThrowAsync<PaydownRefusedException>(ReadAsync);
        client.SignIn.Resume(ended);
        await Should.ThrowAsync<PaydownRefusedException>(ReadAsync);
        var wrong = await Should.ThrowAsync<PaydownRefusedException>(() =>
            client.SignIn.SignInAsync(DemoPeople.Other.Email, "Not-the-Password-1")
        );
        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<LoanTotals> ReadAsync() => client.Loans.GetTotalsAsync(DemoPeople.Customer.Id.Value);

    private int Refreshes() => line.Paths.Count(path => path.EndsWith("/refresh-token", StringComparison.Ordinal));
}
