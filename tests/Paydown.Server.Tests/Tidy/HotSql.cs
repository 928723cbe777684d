using System.Text.RegularExpressions;

namespace Paydown.Server.Tests.Tidy;

/// <summary>Reads just enough of a SQL statement to see if it reaches every table by the customer.</summary>
internal static partial class HotSql
{
    // The key of app_user is the customer's id.
    private const string Customers = "app_user";

    /// <summary>The tables of a statement that are not reached by customer_id or caller_id first.</summary>
    public static IEnumerable<string> TablesNotReachedByCustomer(string sql)
    {
        foreach (Match insert in Insert().Matches(sql))
        {
            if (!IsCustomer(insert.Groups["first"].Value))
                yield return insert.Groups["table"].Value;
        }

        foreach (Match table in Table().Matches(sql))
        {
            var (name, alias) = (table.Groups["table"].Value, table.Groups["alias"].Value);
            if (name is "unnest" or Customers || IsReached(sql[table.Index..], name, alias))
                continue;
            yield return name;
        }
    }

    // The first condition behind the table that names one of its columns: where customer_id …, on s.customer_id …,
    // where (l.customer_id, …
    private static bool IsReached(string sql, string table, string alias)
    {
        var prefix = alias.Length > 0 ? $@"{alias}\." : $@"(?:{table}\.)?";
        var condition = Regex.Match(
            sql,
            $@"\b(?:where|on)\s+\(?\s*{prefix}(?<column>\w+)",
            RegexOptions.ExplicitCapture,
            OneSecond
        );
        return condition.Success && IsCustomer(condition.Groups["column"].Value);
    }

    private static bool IsCustomer(string column) => column is "customer_id" or "caller_id";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [GeneratedRegex(@"\binsert into (?<table>\w+)\s*\(\s*(?<first>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Insert();

    [GeneratedRegex(
        @"\b(?:from|join|(?<!key )update)\s+(?<table>[a-z_]+)"
            + @"(?:\s+(?:as\s+)?(?!(?:where|set|on|left|join|cross|order|group|for)\b)(?<alias>[a-z]+)\b)?",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Table();
}
