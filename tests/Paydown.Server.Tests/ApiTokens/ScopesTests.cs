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
    public void A_scope_has_its_word_and_an_unknown_word_allows_nothing()
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
        ]);
        ScopeWords.Write(ScopeWords.Read(ScopeWords.All)).ShouldBe(ScopeWords.All);
        ScopeWords.Read(["loans:read", "moon:fly"]).ShouldBe(Scopes.LoansRead);
    }

    // A route that says nothing is closed to API tokens; but somebody must have thought of it.
    [Fact]
    public void Every_route_of_managers_names_its_scope_or_is_closed_to_api_tokens()
    {
        Features
            .CreateRoutes()
            .All.Where(route => ((int)route.Access & (int)Role.Manager) != 0 && route.DeclaredScope is null)
            .Select(route => route.Name)
            .ShouldBeEmpty("Give the route its scope, or Scopes.None if it takes a person.");
    }

    [Fact]
    public async Task A_scope_that_reads_opens_no_write_and_one_that_writes_no_read()
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
