using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Isolation;

/// <summary>
/// Calls every route of the OpenAPI document as every user who must not have access. It names no route, so a new one is
/// tested automatically.
/// </summary>
public sealed class EveryRouteTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const int ChoicesMax = 5;

    private readonly Walker walker = new(server);
    private readonly List<string> breaches = [];
    private IReadOnlyList<Operation> operations = [];
    private Belongings victim = null!;
    private long rows;

    public async ValueTask InitializeAsync()
    {
        operations = await Operation.AllAsync();
        victim = await Belongings.CreateAsync(server);
        rows = await TableRows.CountAsync(server.Database);
    }

    public async ValueTask DisposeAsync()
    {
        walker.Dispose();
        breaches.ShouldBeEmpty();
        (await TableRows.CountAsync(server.Database)).ShouldBe(rows, "Nothing may be written for a stranger.");
    }

    [Fact]
    public void Every_route_declares_who_may_call_it()
    {
        operations.ShouldNotBeEmpty();
        operations
            .Where(operation => operation.NeedsToken != operation.Roles.Count > 0)
            .Select(operation => operation.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_without_a_token_is_refused()
    {
        foreach (var operation in operations.Where(operation => operation.NeedsToken))
        {
            foreach (var token in new[] { null, "", "nonsense", "a.b.c" })
                await ShouldBeRefusedAsync(operation, token, 401, "AUTH_REQUIRED");
        }
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        foreach (var operation in operations.Where(operation => operation.NeedsToken))
        {
            var role = Enum.Parse<Role>(operation.Roles[0], ignoreCase: true);
            await ShouldBeRefusedAsync(operation, server.ExpiredTokenOf(CallerAs(role)), 401, "AUTH_REQUIRED");
        }
    }

    [Fact]
    public async Task A_role_without_access_is_refused()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var token = server.TokenOf(CallerAs(role));
            foreach (var operation in operations.Where(one => one.NeedsToken && !one.IsFor(NameOf(role))))
                await ShouldBeRefusedAsync(operation, token, 403, "FORBIDDEN");
        }
    }

    [Fact]
    public async Task An_expired_revoked_or_invented_api_token_is_refused()
    {
        var (revokedId, revoked) = await server.Lender.AddApiTokenAsync(AllScopes);
        (await server.Lender.Manager.PutAsync($"admin/api-tokens/{revokedId}/revoke")).ShouldSucceed();
        string expired;
        using (server.Clock.At(server.Today.AddDays(-2)))
            (_, expired) = await server.Lender.AddApiTokenAsync(AllScopes, expiresInDays: 1);
        rows = await TableRows.CountAsync(server.Database);
        foreach (var operation in operations.Where(operation => operation.NeedsToken))
        {
            foreach (var token in new[] { expired, revoked, ApiTokenSecret.Create(), "pdk_", "pdk_x" })
                await ShouldBeRefusedAsync(operation, token, 401, "AUTH_REQUIRED");
        }
    }

    [Fact]
    public async Task An_api_token_without_the_scope_is_refused()
    {
        foreach (var scope in Enum.GetValues<Scopes>().Where(scope => scope != Scopes.None))
        {
            var (_, token) = await server.Lender.AddApiTokenAsync(AllScopes & ~scope);
            rows = await TableRows.CountAsync(server.Database);
            var lacked = ScopeWords.Write(scope)[0];
            foreach (var operation in operations.Where(one => one.NeedsToken))
            {
                if (operation.ApiTokenScope is not { } needed || needed == lacked)
                    await ShouldBeRefusedAsync(operation, token, 403, "FORBIDDEN");
            }
        }
    }

    [Fact]
    public async Task An_api_token_with_the_scope_can_read()
    {
        foreach (var operation in operations)
        {
            if (operation.Method != HttpMethod.Get || operation.ApiTokenScope is null)
                continue;
            operation
                .IsFor("MANAGER")
                .ShouldBeTrue($"{operation.Name}: a scope only restricts the rights of a manager.");
            var (_, token) = await server.Lender.AddApiTokenAsync(ScopeWords.Read([operation.ApiTokenScope!]));
            var answers = new List<WalkAnswer>();
            for (var i = 0; i < ChoicesMax; i++)
                answers.Add(await walker.SendAsync(operation, token, name => VictimsChoice(name, i)));
            if (answers.All(answer => answer.Status != 200))
                breaches.Add($"{operation.Name} refuses an API token with its scope: {answers[0]}");
        }

        rows = await TableRows.CountAsync(server.Database);
    }

    [Fact]
    public async Task An_api_token_of_another_organisation_sees_nothing()
    {
        var (id, token) = await server.OtherLender.AddApiTokenAsync(AllScopes);
        rows = await TableRows.CountAsync(server.Database);
        var stranger = server.UserOf(new Caller(new(id), server.OtherLender.Id, Role.Manager, new(id), AllScopes));
        foreach (var operation in operations.Where(operation => operation.ApiTokenScope is not null))
            await ShouldRevealNothingAsync(operation, stranger, token);
    }

    // Without this test, the others would pass even if they requested the wrong objects.
    [Fact]
    public async Task The_owner_and_officers_of_the_organisation_can_read_every_route()
    {
        foreach (var operation in operations.Where(one => one.Method == HttpMethod.Get && one.NeedsToken))
        {
            foreach (var role in Enum.GetValues<Role>().Where(role => operation.IsFor(NameOf(role))))
            {
                // An agent may read only applications that they made.
                if (role == Role.Agent && operation.Path.Contains("loan-application-id", StringComparison.Ordinal))
                    continue;
                var token = (role == Role.Customer ? victim.Customer : await server.Lender.AddUserAsync(role)).Token;
                var answers = new List<WalkAnswer>();
                for (var i = 0; i < ChoicesMax; i++)
                    answers.Add(await walker.SendAsync(operation, token, name => VictimsChoice(name, i)));
                foreach (var answer in answers)
                    Check(operation, answer);
                if (answers.All(answer => answer.Status != 200))
                    breaches.Add($"{operation.Name} refuses a {role} of the organisation: {answers[0]}");
            }
        }

        rows = await TableRows.CountAsync(server.Database);
    }

    [Fact]
    public async Task Another_customers_objects_look_as_if_they_did_not_exist()
    {
        var stranger = await server.Lender.AddCustomerAsync();
        rows = await TableRows.CountAsync(server.Database);
        foreach (var operation in operations.Where(operation => operation.IsFor("CUSTOMER")))
            await ShouldRevealNothingAsync(operation, stranger);
    }

    [Fact]
    public async Task A_customer_of_another_organisation_sees_nothing()
    {
        var stranger = await server.OtherLender.AddUserAsync(Role.Customer);
        rows = await TableRows.CountAsync(server.Database);
        foreach (var operation in operations.Where(operation => operation.IsFor("CUSTOMER")))
            await ShouldRevealNothingAsync(operation, stranger);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Cashier)]
    [InlineData(Role.Manager)]
    public async Task Staff_of_another_organisation_see_nothing(Role role)
    {
        var stranger = await server.OtherLender.AddUserAsync(role);
        rows = await TableRows.CountAsync(server.Database);
        foreach (var operation in operations.Where(operation => operation.IsFor(NameOf(role))))
            await ShouldRevealNothingAsync(operation, stranger);
    }

    // Names every object of the victim, alone and with the stranger's own ids, then ids that do not exist, and compares
    // the responses.
    private async Task ShouldRevealNothingAsync(Operation operation, TestUser stranger, string? apiToken = null)
    {
        // A write without ids creates something of the stranger's own.
        if (operation.Ids.Count == 0 && operation.Method != HttpMethod.Get)
            return;
        var token = apiToken ?? stranger.Token;
        var strangerOwn = stranger.UserId.ToString();
        var isColleague = stranger.OrganisationId == victim.Customer.OrganisationId;
        // A write without ids concerns the stranger's own organisation. It reveals nothing and may succeed.
        if (operation.Ids.Count == 0 && operation.Method != HttpMethod.Get && operation.IsFor("MANAGER"))
            return;
        if (isColleague && operation.Ids.Count > 0 && operation.Ids.All(Belongings.IsOfOrganisation))
            return;
        var hasOtherIds = operation.Ids.Any(name => !Belongings.IsOfCustomer(name));
        foreach (
            var (choice, keepsOwn) in Enumerable.Range(0, ChoicesMax).SelectMany(i => new[] { (i, false), (i, true) })
        )
        {
            // If the call names no object of others, it may succeed.
            if (keepsOwn && !hasOtherIds)
                continue;
            string Of(string name, string id) => keepsOwn && Belongings.IsOfCustomer(name) ? strangerOwn : id;
            var response = await walker.SendAsync(operation, token, name => Of(name, VictimsChoice(name, choice)));
            var unknown = await walker.SendAsync(
                operation,
                token,
                name =>
                    isColleague && Belongings.IsOfOrganisation(name)
                        ? VictimsChoice(name, choice)
                        : Of(name, $"{server.Ids.Next()}")
            );
            Check(operation, response);
            if (victim.AreIn(response.Body))
                breaches.Add($"{operation.Name} shows a stranger: {response.Body}");
            if (operation.Ids.Count > 0 && (response.Status, response.Body) != (unknown.Status, unknown.Body))
                breaches.Add($"{operation.Name} shows a stranger what exists: {response} but {unknown}");
        }
    }

    private async Task ShouldBeRefusedAsync(Operation operation, string? token, int status, string code)
    {
        var answer = await walker.SendAsync(operation, token, name => $"{victim.Named(name)[0]}");
        Check(operation, answer);
        if (answer.Status != status || !answer.Body.Contains($"\"{code}\"", StringComparison.Ordinal))
            breaches.Add($"{operation.Name} answers {answer.Status} {answer.Body}; it should be {status} {code}");
    }

    private void Check(Operation operation, WalkAnswer answer) =>
        breaches.AddRange(
            answer.Breaches.Select(breach => $"{operation.Name} answers {answer.Status} {answer.Body}: {breach}")
        );

    // Another role in the victim's organisation with the victim's own id, so only the role decides.
    private Caller CallerAs(Role role) => victim.Customer.Caller with { Role = role };

    private static Scopes AllScopes => ScopeWords.Read(ScopeWords.All);

    // An id can mean several objects, so each meaning is tried.
    private string VictimsChoice(string name, int choice)
    {
        var choices = victim.Named(name);
        return $"{choices[choice % choices.Count]}";
    }

    private static string NameOf(Role role) => role.ToString().ToUpperInvariant();
}
