using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.ApiTokens;

public sealed class ScopesTests
{
    [Fact]
    public void Every_scope_has_a_name_and_an_unknown_name_allows_nothing()
    {
        ScopeWords.All.ShouldBe([
            "repayments:read",
            "repayments:verify",
            "loans:read",
            "loans:write",
            "products:read",
            "products:write",
            "applications:read",
            "applications:decide",
            "customers:read",
            "audit:read",
            "repayments:record",
            "ledger:read",
            "webhooks:read",
            "webhooks:write",
            "events:read",
            "statements:read",
            "statements:import",
        ]);
        ScopeWords.Write(ScopeWords.Read(ScopeWords.All)).ShouldBe(ScopeWords.All);
        ScopeWords.Read(["loans:read", "moon:fly"]).ShouldBe(Scopes.LoansRead);
    }

    // A route without a scope refuses API tokens, but only a decision may leave it out.
    [Fact]
    public void Every_manager_route_declares_a_scope_or_refuses_api_tokens()
    {
        Features
            .CreateRoutes()
            .All.Where(route => ((int)route.Access & (int)Role.Manager) != 0 && route.DeclaredScope is null)
            .Select(route => route.Name)
            .ShouldBeEmpty("Give the route its scope, or Scopes.None if it takes a person.");
    }

    [Fact]
    public async Task A_read_scope_allows_no_write_and_a_write_scope_allows_no_read()
    {
        foreach (var operation in await Isolation.Operation.AllAsync())
        {
            if (operation.ApiTokenScope is not { } scope)
                continue;
            scope
                .EndsWith(":read", StringComparison.Ordinal)
                .ShouldBe(operation.Method == HttpMethod.Get, operation.Name);
        }
    }
}
