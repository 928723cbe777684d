namespace Paydown.Client;

/// <summary>A product as managers see it; it can be sent back as a definition.</summary>
public sealed record Product : ProductDefinition
{
    /// <summary>Id of the product.</summary>
    public required Guid Id { get; init; }

    /// <summary>From 1; grows by 1 with each change.</summary>
    public required int Version { get; init; }

    /// <summary>Who made this version.</summary>
    public required Guid ChangedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The change that waits for a second manager, who approves it by the same change; null: none.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>All versions, newest first; only where one product is asked for.</summary>
    public IReadOnlyList<Product>? Versions { get; init; }
}

/// <summary>The questions of a version of a product.</summary>
public sealed record ProductQuestions
{
    /// <summary>Id of the product.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>The version that has them.</summary>
    public required int Version { get; init; }

    /// <summary>The questions.</summary>
    public required IReadOnlyList<OfficerQuestion> EligibilityQuestions { get; init; }

    /// <summary>The change of the product that waits for a second manager; null: none.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>A product as who may apply for it sees it.</summary>
public sealed record ProductOffer
{
    /// <summary>Id of the product.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>For whom, for what.</summary>
    public required string Description { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The smallest loan.</summary>
    public required decimal MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required decimal MaximumAmount { get; init; }

    /// <summary>The fewest installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The most installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>An installment falls due every so many units.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>Which first due dates can be agreed; null: none, it is one period after payout.</summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>What durations are counted in.</summary>
    public required DurationUnit DurationUnit { get; init; }

    /// <summary>In percent a year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>What interest is taken on.</summary>
    public required InterestMethod InterestMethod { get; init; }

    /// <summary>Fees for making the loan.</summary>
    public required IReadOnlyList<ProductFee> Fees { get; init; }

    /// <summary>How it can be paid back.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }
}

/// <summary>A question as who answers it sees it.</summary>
public sealed record QuestionAsked
{
    /// <summary>Id of the question.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionType Type { get; init; }

    /// <summary>The answers to choose from.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Whether it must be answered.</summary>
    public required bool Required { get; init; }
}

/// <summary>On what terms an organisation lends, with an entry for each open product, by name.</summary>
public sealed record OrganisationTerms
{
    /// <summary>Id of the organisation.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>What customers accept; may have several lines.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>Over all open products; null where none is open.</summary>
    public required RateRange? InterestRateRange { get; init; }

    /// <summary>Their fees.</summary>
    public required FeeStructure FeeStructure { get; init; }

    /// <summary>How they are paid back.</summary>
    public required RepaymentTerms RepaymentTerms { get; init; }

    /// <summary>Who may have them.</summary>
    public required EligibilityCriteria EligibilityCriteria { get; init; }

    /// <summary>When any of it was changed.</summary>
    public required DateTimeOffset LastUpdated { get; init; }
}

/// <summary>The fees of the open products.</summary>
public sealed record FeeStructure
{
    /// <summary>One entry for each product.</summary>
    public required IReadOnlyList<FeesOfProduct> Products { get; init; }
}

/// <summary>How the open products are paid back.</summary>
public sealed record RepaymentTerms
{
    /// <summary>One entry for each product.</summary>
    public required IReadOnlyList<RepaymentOfProduct> Products { get; init; }
}

/// <summary>Who may have the open products.</summary>
public sealed record EligibilityCriteria
{
    /// <summary>One entry for each product.</summary>
    public required IReadOnlyList<EligibilityOfProduct> Products { get; init; }
}

/// <summary>The fees of a product.</summary>
public sealed record FeesOfProduct
{
    /// <summary>Id of the product.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>Its name.</summary>
    public required string ProductName { get; init; }

    /// <summary>Its fees.</summary>
    public required IReadOnlyList<ProductFee> Fees { get; init; }
}

/// <summary>How a product is paid back; durations are counted in installments.</summary>
public sealed record RepaymentOfProduct
{
    /// <summary>Id of the product.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>Its name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The fewest installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The most installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>What durations are counted in.</summary>
    public required DurationUnit DurationUnit { get; init; }

    /// <summary>An installment falls due every so many units.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>What interest is taken on.</summary>
    public required InterestMethod InterestMethod { get; init; }

    /// <summary>How it can be paid back.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }

    /// <summary>What an installment costs that stays unpaid.</summary>
    public required OverduePenalty? OverduePenalty { get; init; }
}

/// <summary>Who may have a product.</summary>
public sealed record EligibilityOfProduct
{
    /// <summary>Id of the product.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>Its name.</summary>
    public required string ProductName { get; init; }

    /// <summary>Who may have it.</summary>
    public required ProductEligibility Eligibility { get; init; }
}
