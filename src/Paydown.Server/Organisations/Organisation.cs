using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Organisations;

/// <summary>The lender: its currency, its time zone, its collection account and its contact.</summary>
public sealed record Organisation
{
    public required OrganisationId Id { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Repayments above this amount need two officers; null if one always suffices.</summary>
    public required Money? FourEyesAbove { get; init; }

    /// <summary>The account that receives repayments.</summary>
    public required CollectionAccount Collection { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>The calendar date in the organisation's time zone.</summary>
    public DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZone).DateTime);

    /// <summary>The first instant of a period that starts with a moment; null if no moment was sent.</summary>
    public DateTimeOffset? StartOf(Moment? moment) => moment?.InstantIn(TimeZone);

    /// <summary>
    /// The first instant after a period whose last moment is given; null if no moment was sent or nothing comes after
    /// it.
    /// </summary>
    public DateTimeOffset? EndOf(Moment? moment) => moment?.EndIn(TimeZone);

    /// <summary>
    /// The period from one moment of a query to another, both included. Refused if it ends before it starts.
    /// </summary>
    /// <param name="query">May hold either moment.</param>
    /// <param name="first">The field with the first moment.</param>
    /// <param name="last">The field with the last moment.</param>
    public Result<Period> PeriodOf(FieldValues query, Field<Moment?> first, Field<Moment?> last)
    {
        var period = new Period(StartOf(query.Get(first)), EndOf(query.Get(last)));
        return period.From >= period.Before
            ? Refusals.ValidationFailed(new FieldError(last.Name, $"must not be before {first.Name}."))
            : period;
    }
}

/// <summary>A period of time.</summary>
/// <param name="From">Its first instant; null if it has no start.</param>
/// <param name="Before">The first instant after it; null if it has no end.</param>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? Before);

/// <summary>The bank account that receives repayments.</summary>
/// <param name="AccountNumber">The account number.</param>
/// <param name="AccountName">The name of the account holder.</param>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
public sealed record CollectionAccount(string AccountNumber, string AccountName, string BankCode, string BankName);

/// <summary>How customers reach the lender.</summary>
/// <param name="Email">The e-mail address for questions.</param>
/// <param name="Phone">The phone number for questions.</param>
/// <param name="Hours">When the phone is answered, in words.</param>
public sealed record Contact(string Email, string Phone, string Hours);

/// <summary>
/// Caches the organisations for a few seconds, because they rarely change. Whatever a decision depends on, such as the
/// four-eyes amount, is read in the decision's own transaction.
/// </summary>
public sealed class OrganisationDirectory(NpgsqlDataSource database, TimeProvider time)
{
    private const int CachedSeconds = 10;
    private readonly Lock gate = new();
    private volatile Cache cache = new([], DateTimeOffset.MinValue);
    private Task<Cache>? loading;

    public ValueTask<Organisation> GetAsync(OrganisationId id, CancellationToken cancellation)
    {
        var current = cache;
        return current.ById.TryGetValue(id, out var organisation) && time.GetUtcNow() < current.Until
            ? ValueTask.FromResult(organisation)
            : LoadAsync(id, cancellation);
    }

    /// <summary>
    /// The context of a request: its caller, this instant, and the date at the caller's organisation.
    /// </summary>
    public async ValueTask<ActionContext> ContextAsync(Call call)
    {
        var organisation = await GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var now = ActionContext.InstantOf(time);
        return new ActionContext(call.Caller.UserId, now, organisation.Today(time), call.InteractionId);
    }

    /// <summary>Drops the cache, because an organisation was changed here.</summary>
    public void Forget() => cache = new([], DateTimeOffset.MinValue);

    private async ValueTask<Organisation> LoadAsync(OrganisationId id, CancellationToken cancellation) =>
        (await LoadAllAsync(cancellation))[id];

    private async Task<Dictionary<OrganisationId, Organisation>> LoadAllAsync(CancellationToken cancellation)
    {
        // Concurrent callers share one read. With a connection each, they would exhaust the pool.
        Task<Cache> reading;
        lock (gate)
            reading = loading is { IsCompleted: false } ? loading : loading = Task.Run(ReadAsync);
        return (await reading.WaitAsync(cancellation)).ById;
    }

    private async Task<Cache> ReadAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            select id, name, currency_code, time_zone, four_eyes_above, collection_account_number,
                   collection_account_name, collection_bank_code, collection_bank_name, contact_email, contact_phone,
                   contact_hours
            from organisation
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var loaded = new Dictionary<OrganisationId, Organisation>();
        while (await reader.ReadAsync())
            loaded.Add(reader.Id<OrganisationId>("id"), Read(reader));
        return cache = new Cache(loaded, time.GetUtcNow().AddSeconds(CachedSeconds));
    }

    private static Organisation Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new Organisation
        {
            Id = reader.Id<OrganisationId>("id"),
            Name = reader.Text("name"),
            Currency = currency,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(reader.Text("time_zone")),
            FourEyesAbove = reader.MoneyOrNull("four_eyes_above", currency),
            Collection = new(
                reader.Text("collection_account_number"),
                reader.Text("collection_account_name"),
                reader.Text("collection_bank_code"),
                reader.Text("collection_bank_name")
            ),
            Contact = new(reader.Text("contact_email"), reader.Text("contact_phone"), reader.Text("contact_hours")),
        };
    }

    private sealed record Cache(Dictionary<OrganisationId, Organisation> ById, DateTimeOffset Until);
}
