using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>Which page of a list an answer shows, as the envelope says it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Most records on a page.</param>
/// <param name="Total">How many records the list has, at most <see cref="Paging.TotalMax"/>.</param>
/// <param name="TotalIsExact">False: there are more than that.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record Page(int Number, int Size, int Total, bool TotalIsExact, string? Next);

/// <summary>
/// Which page of a list a request asks for: by its number, or by the cursor that the page before it gave. Only the
/// cursor skips and repeats nothing while others write. No page costs more than the records on it: a cursor finds them
/// along an index, numbers reach the first <see cref="ReachMax"/> records, and totals are counted up to
/// <see cref="TotalMax"/>, once for the first page.
/// </summary>
public sealed class Paging
{
    public const int SizeMax = 50;
    public const int TotalMax = 100;
    public const int ReachMax = 10_000;
    private const int SizeDefault = 10;
    private const int NumberMax = 1_000_000;

    private readonly byte[] binding;
    private readonly PageKey.Cursor? cursor;

    private Paging(int number, int size, bool isAsked, byte[] binding, PageKey.Cursor? cursor)
    {
        (this.binding, this.cursor) = (binding, cursor);
        (Size, IsAsked) = (size, isAsked);
        Number = cursor?.PageNumber ?? number;
    }

    /// <summary>The query parameters of a list with pages.</summary>
    public static IReadOnlyList<Field> Fields { get; } = FieldsUpTo(SizeMax);

    public int Number { get; }

    /// <summary>Most records on the page.</summary>
    public int Size { get; }

    /// <summary>How many records to read: one more than the page shows, which tells whether another comes.</summary>
    public int Take => IsOutOfReach ? 0 : Size + 1;

    /// <summary>Records to skip where the page was asked for by its number.</summary>
    public int Skip => IsOutOfReach ? 0 : (int)Before;

    /// <summary>The key of the last record of the page before; null: from the beginning.</summary>
    public PageKey? After => cursor?.Key;

    /// <summary>The same, of a list that is ordered by ids alone.</summary>
    public Guid? AfterId => (Guid?)cursor?.Key.Components[0];

    /// <summary>Whether the records must be counted: a cursor says what was counted for the first page.</summary>
    public bool Counts => cursor is null;

    /// <summary>True where the request asked for a page by any of the three parameters.</summary>
    public bool IsAsked { get; }

    /// <summary>The same parameters with another largest size.</summary>
    public static IReadOnlyList<Field> FieldsUpTo(int sizeMax) =>
        [
            Field
                .Integer(
                    "page",
                    $"Which page, from 1; absent: 1. It reaches the first {ReachMax} records; after reaches all.",
                    1,
                    NumberMax
                )
                .Optional() with
            {
                Example = 1,
            },
            Field.Integer("size", $"Records on a page; absent: {SizeDefault}.", 1, sizeMax).Optional() with
            {
                Example = SizeDefault,
            },
            Field
                .Cursor(
                    "after",
                    "The page.next of the page before: shows what comes behind it, whatever was written meanwhile. "
                        + "Send the same filters with it; page is not needed."
                )
                .Optional(),
        ];

    /// <summary>What a request asks for, or why it is refused.</summary>
    internal static Result<Paging> Read(Call call)
    {
        var (query, binding) = (call.Query, PageKey.BindingOf(ListOf(call)));
        var (number, size) = (query.IntegerOrNull("page"), query.IntegerOrNull("size"));
        if (query.TextOrNull("after") is not { } after)
            return new Paging(number ?? 1, size ?? SizeDefault, (number ?? size) is not null, binding, null);

        return PageKey.Read(after, binding, call.Route.PageKey) is { } cursor
            ? new Paging(1, size ?? SizeDefault, true, binding, cursor)
            : Refusals.BadRequest(
                "after is no page.next of this list with these filters. Start again without it.",
                new FieldError("after", "must be a page.next of this list with the same filters.")
            );
    }

    /// <summary>The answer with one page.</summary>
    /// <param name="records">In the order of the list, up to <see cref="Take"/> of them.</param>
    /// <param name="keyOf">The key of a record.</param>
    /// <param name="counted">Records of the list, counted up to one more than <see cref="TotalMax"/>; null where
    /// nothing was counted.</param>
    public Answer Answer<T>(IReadOnlyList<T> records, Func<T, PageKey> keyOf, long? counted) =>
        Answer(records, keyOf, record => record, counted);

    /// <summary>The same, each record shown in another form.</summary>
    public Answer Answer<T, TShown>(
        IReadOnlyList<T> records,
        Func<T, PageKey> keyOf,
        Func<T, TShown> show,
        long? counted
    ) =>
        RefusalOf(counted) is { } refusal
            ? Http.Answer.Refused(refusal)
            : Http.Answer.Success<IReadOnlyList<TShown>>(
                [.. records.Take(Size).Select(show)],
                page: PageOf(records, keyOf, counted)
            );

    /// <summary>
    /// Why a page is not shown: its number is out of reach, and the list is so long that it may have records there.
    /// </summary>
    public Refusal? RefusalOf(long? counted) =>
        IsOutOfReach && counted > TotalMax
            ? Refusals.ValidationFailed(
                new FieldError("page", $"reaches the first {ReachMax} records only; send page.next as after to go on.")
            )
            : null;

    /// <summary>One page of a list that is wholly in memory.</summary>
    /// <param name="all">In ascending order of their keys.</param>
    /// <param name="keyOf">The key of a record.</param>
    /// <param name="isBehind">Whether a record comes behind a key.</param>
    public Answer AnswerOf<T>(IReadOnlyList<T> all, Func<T, PageKey> keyOf, Func<T, PageKey, bool> isBehind)
    {
        var rest = After is { } after
            ? all.Where(record => isBehind(record, after))
            : all.Skip((int)Math.Min(Before, all.Count));
        var records = rest.Take(Size + 1).ToList();
        return Http.Answer.Success(records.Take(Size).ToList(), page: PageOf(records, keyOf, all.Count));
    }

    /// <summary>What the envelope says of the page.</summary>
    public Page PageOf<T>(IReadOnlyList<T> records, Func<T, PageKey> keyOf, long? counted)
    {
        var (total, isExact) = cursor is not null
            ? (cursor.Total, cursor.TotalIsExact)
            : ((int)Math.Min(counted ?? 0, TotalMax), counted <= TotalMax);
        var next = records.Count > Size ? keyOf(records[Size - 1]).Write(binding, Number + 1, total, isExact) : null;
        return new Page(Number, Size, total, isExact, next);
    }

    private long Before => cursor is null ? (Number - 1L) * Size : 0;

    private bool IsOutOfReach => Before + Size > ReachMax;

    // What is the same on every page of one list.
    private static string ListOf(Call call)
    {
        var request = call.Http.Request;
        var paged = Fields.Select(field => field.Name).ToList();
        var filters = call
            .Route.QueryFields.Where(field => !paged.Contains(field.Name))
            .Select(field => $"{field.Name}={request.Query[field.Name]}");
        return string.Join(
            '\n',
            [
                call.Route.Name,
                call.Caller.OrganisationId.ToString(),
                .. request
                    .RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal)
                    .Select(value => $"{value.Key}={value.Value}".ToLowerInvariant()),
                .. filters,
            ]
        );
    }
}
