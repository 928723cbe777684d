using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Keeps the way to sharding by customer open: on tables that belong to customers, no unique index goes across
/// customers, locks name their customer, and triggers look at the rows of their own statement.
/// </summary>
public sealed partial class ShardingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string UniqueIndexes = """
        select c.relname, i.relname from pg_index x
        join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
        where x.indisunique and c.relnamespace = current_schema()::regnamespace
          and not exists (select from pg_attribute a
                          where a.attrelid = c.oid and a.attnum = any (x.indkey::int2[]) and a.attname = 'customer_id')
        order by 1, 2
        """;

    private const string OfCustomers = """
        select c.relname, '' from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attname = 'customer_id'
        order by 1
        """;

    private const string TriggerBodies = """
        select distinct c.relname || ': ' || p.proname, p.prosrc from pg_trigger t
        join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace
        order by 1
        """;

    [Fact]
    public async Task Each_table_with_a_customer_is_declared()
    {
        var tables = (await ReadAsync(OfCustomers)).Select(row => row.Name).ToList();
        var declared = Sharding.Tables.Concat(Sharding.OfOrganisation).Order(StringComparer.Ordinal);
        Assert.Equal(declared, tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unique_indexes_of_customers_tables_have_the_customer()
    {
        var found = (await ReadAsync(UniqueIndexes))
            .Where(row => Sharding.Tables.Contains(row.Name))
            .Select(row => row.Text);
        ShouldBeKnown(found, Sharding.Unique, "put customer_id into the index, or the value into a table of its own");
    }

    [Fact]
    public async Task Triggers_look_at_the_rows_of_their_statement()
    {
        var found = new List<string>();
        foreach (var (trigger, body) in await ReadAsync(TriggerBodies))
        {
            if (!Sharding.Tables.Contains(trigger[..trigger.IndexOf(':')]))
                continue;
            var others = Table()
                .Matches(body)
                .Select(match => match.Groups["table"].Value)
                .Where(table => table is not ("added" or "unnest"))
                .Distinct();
            found.AddRange(others.Select(other => $"{trigger[(trigger.IndexOf(':') + 2)..]} > {other}"));
        }

        ShouldBeKnown(found.Distinct(), Sharding.Triggers, "look at the rows of the statement only");
    }

    [Fact]
    public void Statements_that_lock_name_their_customer()
    {
        var found = new List<string>();
        var seen = 0;
        foreach (var (place, sql) in Statements())
        {
            if (!IsLockingCustomers(sql))
                continue;
            seen++;
            if (!NamesCustomer(sql))
                found.Add(place);
        }

        Assert.True(seen > 12, $"Only {seen} statements that lock were found.");
        ShouldBeKnown(found.Distinct(), Sharding.Locks, "name the customer whose rows it locks or changes");
    }

    private static void ShouldBeKnown(
        IEnumerable<string> found,
        IReadOnlyDictionary<string, string> known,
        string whatIsRight
    )
    {
        var findings = new Findings();
        var all = found.ToList();
        foreach (var one in all.Where(one => !known.ContainsKey(one)))
            findings.Add($"{one}: {whatIsRight}.");
        foreach (var gone in known.Keys.Except(all))
            findings.Add($"{gone}: is right now; remove it from Sharding.");
        findings.ShouldBeNone();
    }

    private static bool IsLockingCustomers(string sql)
    {
        if (Change().Matches(sql).Any(change => Sharding.Tables.Contains(change.Groups["table"].Value)))
            return true;
        if (!Lock().IsMatch(sql))
            return false;
        var tables = Table().Matches(sql).Select(match => match.Groups["table"].Value).ToList();
        // A part of a statement does not say which table it locks.
        return tables.Count == 0 || tables.Exists(Sharding.Tables.Contains);
    }

    // A customer comes from a parameter or from an array of parameters. A statement that changes rows and locks none
    // before may also take them from another part of itself.
    private static bool NamesCustomer(string sql)
    {
        if (ByParameter().IsMatch(sql))
            return true;
        var arrays = Array().Matches(sql).Select(match => match.Groups["alias"].Value).ToHashSet();
        foreach (Match match in ByOther().Matches(sql))
        {
            if (match.Groups["other"].Value is var other && (other == "*" || arrays.Contains(other)))
                return true;
        }

        return !Lock().IsMatch(sql) && sql.Contains("unnest(", StringComparison.Ordinal) && ByOther().IsMatch(sql);
    }

    // Every text that is more than a lock alone, with its member as the place.
    private static IEnumerable<(string Place, string Sql)> Statements()
    {
        var constants = Code.Nodes<VariableDeclaratorSyntax>("src/Paydown.Server")
            .Where(one => one.Node.Initializer is not null)
            .GroupBy(one => $"{one.File.Name}.{one.Node.Identifier.Text}")
            .ToDictionary(group => group.Key, group => group.First().Node.Initializer!.Value);
        foreach (var (file, text) in Code.Nodes<ExpressionSyntax>("src/Paydown.Server"))
        {
            if (text is not (LiteralExpressionSyntax or InterpolatedStringExpressionSyntax))
                continue;
            var sql = TextOf(text, file.Name, constants, 0);
            if (sql.Contains(' ') && !LockAlone().IsMatch(sql))
                yield return ($"{file.Name}.{MemberOf(text)}", sql);
        }
    }

    private static string TextOf(
        ExpressionSyntax expression,
        string file,
        Dictionary<string, ExpressionSyntax> constants,
        int depth
    )
    {
        switch (expression)
        {
            case LiteralExpressionSyntax literal:
                return literal.Token.ValueText;
            case BinaryExpressionSyntax sum:
                return TextOf(sum.Left, file, constants, depth + 1) + TextOf(sum.Right, file, constants, depth + 1);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when depth < 8:
                var name = expression is IdentifierNameSyntax ? $"{file}.{expression}" : expression.ToString();
                // What is not a constant keeps its name: {where}, {locking}.
                return
                    constants.TryGetValue(name, out var value)
                    && value is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax
                    ? TextOf(value, name[..name.LastIndexOf('.')], constants, depth + 1)
                    : $"{{{expression}}}";
            case InterpolatedStringExpressionSyntax parts:
                var text = new StringBuilder();
                foreach (var part in parts.Contents)
                {
                    text.Append(
                        part is InterpolationSyntax hole
                            ? TextOf(hole.Expression, file, constants, depth + 1)
                            : ((InterpolatedStringTextSyntax)part).TextToken.ValueText
                    );
                }

                return text.ToString();
            default:
                return $"{{{expression}}}";
        }
    }

    private static string MemberOf(SyntaxNode node) =>
        node.Ancestors()
            .Select(ancestor =>
                ancestor switch
                {
                    MethodDeclarationSyntax method => method.Identifier.Text,
                    FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
                    PropertyDeclarationSyntax property => property.Identifier.Text,
                    _ => null,
                }
            )
            .FirstOrDefault(name => name is not null)
        ?? "";

    private async Task<IReadOnlyList<(string Name, string Text)>> ReadAsync(string sql)
    {
        var rows = new List<(string, string)>();
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add((reader.GetString(0), reader.GetString(1)));
        return rows;
    }

    [GeneratedRegex(
        @"(\b(from|join|insert into|delete from)|(?<!for |do |key )\bupdate)\s+(?<table>(?!lateral\b)[a-z]+(_[a-z]+)*)\b",
        Options,
        1000
    )]
    private static partial Regex Table();

    [GeneratedRegex(
        @"(\bdelete from|(?<!for |do |key )\bupdate)\s+(?<table>[a-z]+(_[a-z]+)*)\s+(as\s+)?([a-z]\s+)?(set|where|using)\b",
        Options,
        1000
    )]
    private static partial Regex Change();

    [GeneratedRegex(@"\bfor (no key )?update\b|\bfor (key )?share\b|\{locking\}|\{\(?forUpdate\b", Options, 1000)]
    private static partial Regex Lock();

    [GeneratedRegex(@"^\s*for (no key )?update( of [a-z])?( skip locked)?\s*$", Options, 1000)]
    private static partial Regex LockAlone();

    [GeneratedRegex(@"\bcustomer_id\s*=\s*\$\d", Options, 1000)]
    private static partial Regex ByParameter();

    // "l.customer_id = asked.customer_id", "(l.customer_id, l.id) in (select asked.customer_id, …".
    [GeneratedRegex(
        @"\bcustomer_id\s*=\s*(?<other>[a-z]+)\.customer_id|\bcustomer_id,[^()]*\)\s+in\s+\(select\s+(?<other>[a-z]+|\*)",
        Options,
        1000
    )]
    private static partial Regex ByOther();

    [GeneratedRegex(@"\bunnest\([^()]*\)\s+(with ordinality\s+)?(as\s+)?(?<alias>[a-z]+)\b", Options, 1000)]
    private static partial Regex Array();

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
