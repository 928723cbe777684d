using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Organisations;

/// <summary>
/// The settings that an organisation's managers decide on. Amounts are in minor units of its currency.
/// </summary>
public sealed record OrganisationSettings
{
    public required OrganisationId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name that the law knows, if it is another one; otherwise null.</summary>
    public string? LegalName { get; init; }

    /// <summary>The country, ISO 3166-1 alpha-3.</summary>
    public required string CountryIso3 { get; init; }

    public required Currency Currency { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The version, which grows by 1 with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Repayments above this amount need two officers; null if one always suffices.</summary>
    public Money? FourEyesAbove { get; init; }

    /// <summary>The fee for each transfer from a wallet to a bank account; 0 for none.</summary>
    public required Money WithdrawalFee { get; init; }

    /// <summary>True if customers must confirm transfers from their wallet with a PIN.</summary>
    public bool AsksTransactionPin { get; init; }

    /// <summary>True if officers must sign in with a second factor.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>When earned interest is recognised.</summary>
    public AccrualPosting AccrualPosting { get; init; }

    /// <summary>The local time after which a worker runs the end of the day before.</summary>
    public TimeOnly ClosesAt { get; init; } = new(0, 15);

    /// <summary>When customers get no notices.</summary>
    public QuietHours QuietHours { get; init; } = QuietHours.Default;

    /// <summary>The text that customers accept before a loan is paid out; may have several lines.</summary>
    public string TermsAndConditions { get; init; } = "";

    /// <summary>When the terms and conditions last changed; null if never.</summary>
    public DateTimeOffset? TermsUpdatedAt { get; init; }

    public required Contact Contact { get; init; }

    public required CollectionAccount Collection { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Reads and writes the current settings of an organisation.</summary>
public static class OrganisationStore
{
    private const string Select = """
        select id, name, legal_name, country_iso3, requires_second_factor, currency_code, time_zone, settings_version, four_eyes_above, withdrawal_fee,
               asks_transaction_pin, terms_and_conditions, terms_updated_at, contact_email, contact_phone,
               contact_hours, collection_account_number, collection_account_name, collection_bank_code,
               collection_bank_name, recorded_at, accrual_posting, closes_at, quiet_from, quiet_until
        from organisation
        """;

    private const string Insert = """
        insert into organisation (id, name, currency_code, time_zone, settings_version, four_eyes_above, withdrawal_fee,
                                  asks_transaction_pin, terms_and_conditions, terms_updated_at, contact_email,
                                  contact_phone, contact_hours, collection_account_number, collection_account_name,
                                  collection_bank_code, collection_bank_name, recorded_at, legal_name, country_iso3,
                                  accrual_posting, closes_at, quiet_from, quiet_until, business_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, ($18::timestamptz at time zone $4)::date)
        on conflict do nothing
        """;

    private const string Update = """
        update organisation
        set settings_version = $2, four_eyes_above = $3, withdrawal_fee = $4, asks_transaction_pin = $5,
            terms_and_conditions = $6, terms_updated_at = $7, contact_email = $8, contact_phone = $9,
            contact_hours = $10, requires_second_factor = $11, accrual_posting = $12, closes_at = $13,
            quiet_from = $14, quiet_until = $15,
            day_rules = day_rules + (accrual_posting <> $12)::int
        where id = $1
        """;

    /// <summary>
    /// Adds an organisation and its first bank account, in the transaction of the connection if it has one. Does
    /// nothing if the id exists.
    /// </summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        OrganisationSettings settings,
        CancellationToken cancellation
    )
    {
        var command = new NpgsqlBatchCommand(Insert);
        object?[] values =
        [
            settings.Id,
            settings.Name,
            settings.Currency.Code,
            settings.TimeZone,
            settings.Version,
            settings.FourEyesAbove,
            settings.WithdrawalFee,
            settings.AsksTransactionPin,
            settings.TermsAndConditions,
            settings.TermsUpdatedAt,
            settings.Contact.Email,
            settings.Contact.Phone,
            settings.Contact.Hours,
            settings.Collection.AccountNumber,
            settings.Collection.AccountName,
            settings.Collection.BankCode,
            settings.Collection.BankName,
            settings.RecordedAt,
            settings.LegalName,
            settings.CountryIso3,
            Words.Write(settings.AccrualPosting),
            settings.ClosesAt,
            settings.QuietHours.From,
            settings.QuietHours.Until,
        ];
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value ?? DBNull.Value));
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(command);
        CollectionAccountStore.AddFirstTo(batch, settings);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns the settings; null if the organisation does not exist.</summary>
    public static Task<OrganisationSettings?> FindSettingsAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        CancellationToken cancellation
    ) => FindAsync(connection, id, "", cancellation);

    /// <summary>Returns the settings of all organisations, oldest first.</summary>
    public static async Task<IReadOnlyList<OrganisationSettings>> ListAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand($"{Select} order by recorded_at, id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var all = new List<OrganisationSettings>();
        while (await reader.ReadAsync(cancellation))
            all.Add(Read(reader));
        return all;
    }

    /// <summary>Returns the settings and locks them until the transaction ends.</summary>
    public static Task<OrganisationSettings?> LockSettingsAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        CancellationToken cancellation
    ) => FindAsync(connection, id, "for no key update", cancellation);

    /// <summary>Adds the statement that writes the settings of a locked organisation to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, OrganisationSettings settings)
    {
        var command = new NpgsqlBatchCommand(Update);
        object[] values =
        [
            settings.Id,
            settings.Version,
            settings.FourEyesAbove ?? (object)DBNull.Value,
            settings.WithdrawalFee,
            settings.AsksTransactionPin,
            settings.TermsAndConditions,
            settings.TermsUpdatedAt ?? (object)DBNull.Value,
            settings.Contact.Email,
            settings.Contact.Phone,
            settings.Contact.Hours,
            settings.RequiresSecondFactor,
            Words.Write(settings.AccrualPosting),
            settings.ClosesAt,
            settings.QuietHours.From,
            settings.QuietHours.Until,
        ];
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        batch.BatchCommands.Add(command);
    }

    /// <summary>
    /// Adds the statement that keeps the previous four-eyes amount, for what was recorded under it, to a batch.
    /// </summary>
    public static void AddPastAmountTo(NpgsqlBatch batch, OrganisationSettings before, DateTimeOffset endedAt)
    {
        if (before.FourEyesAbove is not { } above)
            return;
        batch.BatchCommands.Add(
            new(
                """
                insert into past_four_eyes_amount (organisation_id, ended_at, above) values ($1, $2, $3)
                on conflict do nothing
                """
            )
            {
                Parameters = { Sql.Value(before.Id), Sql.Value(endedAt), Sql.Value(above) },
            }
        );
    }

    /// <summary>
    /// Returns how an organisation's earned interest becomes income. The rule stays as it is until the transaction
    /// ends, so that whoever changes it sees every loan that follows it.
    /// </summary>
    public static async Task<AccrualRule> GetAccrualRuleAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select accrual_posting, suspended_after_days from organisation where id = $1 for share",
            connection
        )
        {
            Parameters = { Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return ReadAccrual(reader);
    }

    /// <summary>
    /// Returns what an organisation has decided about the passing of time; null if it does not exist.
    /// </summary>
    public static async Task<DayRules?> FindDayRulesAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        bool forUpdate,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select day_rules, accrual_posting, suspended_after_days, arrears_buckets, provision_rates,
                   reminder_days(id) as reminder_days
            from organisation where id = $1 {(forUpdate ? "for no key update" : "")}
            """,
            connection
        )
        {
            Parameters = { Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadRules(reader) : null;
    }

    /// <summary>Adds the statement that writes the rules of a locked organisation to a batch.</summary>
    public static void AddDayRulesTo(NpgsqlBatch batch, OrganisationId id, DayRules rules) =>
        batch.BatchCommands.Add(
            new(
                """
                update organisation
                set day_rules = $2, suspended_after_days = $3, arrears_buckets = $4, provision_rates = $5
                where id = $1
                """
            )
            {
                Parameters =
                {
                    Sql.Value(id),
                    Sql.Value(rules.Version),
                    Sql.Value(rules.Accrual.SuspendedAfterDays, NpgsqlDbType.Integer),
                    Sql.Value(rules.Arrears.BucketsFrom.Skip(1).Select(day => day - 1).ToArray()),
                    Sql.Value(rules.Provisions?.BasisPoints.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer),
                },
            }
        );

    /// <summary>
    /// Adds the statement that makes every open loan follow other rules at the next end of day to a batch.
    /// </summary>
    public static void AddChangedRulesTo(NpgsqlBatch batch, OrganisationId id) =>
        batch.BatchCommands.Add(
            new("update organisation set day_rules = day_rules + 1 where id = $1") { Parameters = { Sql.Value(id) } }
        );

    /// <summary>Returns the business dates of all organisations.</summary>
    public static async Task<IReadOnlyList<BusinessDate>> ListBusinessDatesAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select id, name, time_zone, currency_code, business_on, closes_at, day_rules, day_rules_followed,
                   accrual_posting, suspended_after_days, arrears_buckets, provision_rates,
                   reminder_days(id) as reminder_days, is_moving(id) as is_moving
            from organisation order by recorded_at, id
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var all = new List<BusinessDate>();
        while (await reader.ReadAsync(cancellation))
        {
            all.Add(
                new BusinessDate
                {
                    OrganisationId = reader.Id<OrganisationId>("id"),
                    Name = reader.Text("name"),
                    TimeZone = TimeZoneInfo.FindSystemTimeZoneById(reader.Text("time_zone")),
                    Currency = reader.Currency("currency_code"),
                    On = reader.Date("business_on"),
                    ClosesAt = reader.Get<TimeOnly>("closes_at"),
                    Rules = ReadRules(reader),
                    Followed = reader.IntegerOrNull("day_rules_followed"),
                    IsMoving = reader.Boolean("is_moving"),
                }
            );
        }

        return all;
    }

    /// <summary>Adds the statement that records a complete end of day to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="id">The organisation.</param>
    /// <param name="day">The day.</param>
    /// <param name="followed">
    /// The version of its rules that all its loans follow now; null if they follow several.
    /// </param>
    public static void AddEndedDayTo(NpgsqlBatch batch, OrganisationId id, DateOnly day, int? followed) =>
        batch.BatchCommands.Add(
            new(
                "update organisation set business_on = greatest(business_on, $2), day_rules_followed = $3 where id = $1"
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(day.AddDays(1)), Sql.Value(followed, NpgsqlDbType.Integer) },
            }
        );

    private static async Task<OrganisationSettings?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        string locking,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand($"{Select} where id = $1 {locking}", connection);
        command.Parameters.Add(Sql.Value(id));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Reads the rules from a row with their columns.</summary>
    internal static DayRules ReadRules(NpgsqlDataReader reader) =>
        new()
        {
            Version = reader.Integer("day_rules"),
            Accrual = ReadAccrual(reader),
            // The column has the last day of each bucket but the last.
            Arrears = new ArrearsPolicy
            {
                BucketsFrom = [1, .. reader.Get<int[]>("arrears_buckets").Select(day => day + 1)],
            },
            Provisions = reader.IsNull("provision_rates") ? null : new(reader.Get<int[]>("provision_rates")),
            ReminderDays = reader.Get<int[]>("reminder_days"),
        };

    private static AccrualRule ReadAccrual(NpgsqlDataReader reader) =>
        new(reader.Word<AccrualPosting>("accrual_posting"), reader.IntegerOrNull("suspended_after_days"));

    private static OrganisationSettings Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new OrganisationSettings
        {
            Id = reader.Id<OrganisationId>("id"),
            Name = reader.Text("name"),
            LegalName = reader.TextOrNull("legal_name"),
            CountryIso3 = reader.Text("country_iso3"),
            Currency = currency,
            TimeZone = reader.Text("time_zone"),
            Version = reader.Integer("settings_version"),
            FourEyesAbove = reader.MoneyOrNull("four_eyes_above", currency),
            WithdrawalFee = reader.Money("withdrawal_fee", currency),
            AsksTransactionPin = reader.Boolean("asks_transaction_pin"),
            RequiresSecondFactor = reader.Boolean("requires_second_factor"),
            AccrualPosting = reader.Word<AccrualPosting>("accrual_posting"),
            ClosesAt = reader.Get<TimeOnly>("closes_at"),
            QuietHours = new(reader.Get<TimeOnly>("quiet_from"), reader.Get<TimeOnly>("quiet_until")),
            TermsAndConditions = reader.Text("terms_and_conditions"),
            TermsUpdatedAt = reader.InstantOrNull("terms_updated_at"),
            Contact = new(reader.Text("contact_email"), reader.Text("contact_phone"), reader.Text("contact_hours")),
            Collection = new(
                reader.Text("collection_account_number"),
                reader.Text("collection_account_name"),
                reader.Text("collection_bank_code"),
                reader.Text("collection_bank_name")
            ),
            RecordedAt = reader.Instant("recorded_at"),
        };
    }
}
