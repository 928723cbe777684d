namespace Paydown.Server.Platform.Http;

/// <summary>An event that lenders receive, as the document and docs/events.md describe it.</summary>
/// <param name="Type">The type, for example <c>repayment.verified</c>.</param>
/// <param name="Happened">What happened, in one sentence.</param>
/// <param name="Payload">The record that is sent as <c>data</c>.</param>
public sealed record EventDescription(string Type, string Happened, Type Payload);
