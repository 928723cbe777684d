using Paydown.Server.Databases;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class LenderTablesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Each_table_is_listed_once()
    {
        var all = await server.ScalarAsync<string[]>(
            """
            select array_agg(relname::text order by relname) from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
            """
        );
        LenderTables.All.Select(table => table.Name).Concat(LenderTables.OfNoLender).Order().ShouldBe(all.Order());
    }

    [Fact]
    public async Task Each_table_follows_those_that_it_refers_to()
    {
        var references = await server.ScalarAsync<string[]>(
            """
            select array_agg(distinct conrelid::regclass::text || ' ' || confrelid::regclass::text) from pg_constraint
            where contype = 'f' and conrelid <> confrelid
            """
        );
        var order = LenderTables.OfNoLender.Concat(LenderTables.All.Select(table => table.Name)).ToList();
        foreach (var reference in references)
        {
            var (from, to) = (reference.Split(' ')[0], reference.Split(' ')[1]);
            order.IndexOf(from).ShouldBeGreaterThan(order.IndexOf(to), reference);
        }
    }

    [Fact]
    public async Task Each_number_that_is_drawn_is_known()
    {
        var drawn = await server.ScalarAsync<string[]>(
            """
            select array_agg(attrelid::regclass::text || '.' || attname) from pg_attribute where attidentity <> ''
            """
        );
        LenderTables
            .All.Where(table => table.Drawn is not null)
            .Select(table => $"{table.Name}.{table.Drawn}")
            .Order()
            .ShouldBe(drawn.Order());
    }
}
